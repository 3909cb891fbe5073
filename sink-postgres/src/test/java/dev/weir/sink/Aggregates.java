package dev.weir.sink;

import static java.util.Objects.requireNonNull;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Aggregates to feed the sink with, and their encoding with an in-process registry. */
final class Aggregates {
    static final Instant HOUR = Instant.parse("2026-03-01T10:00:00Z");

    private static final Map<String, Object> REGISTRY = Map.of(
            "schema.registry.url", "mock://sink",
            "specific.avro.reader", true,
            "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy");

    /** Late enough for every hour that the tests send. */
    static final InstantSource CLOCK = InstantSource.fixed(HOUR.plus(Duration.ofDays(200)));

    static final Retention YEARS =
            new Retention(Duration.ofDays(730), Duration.ofDays(730), Duration.ofDays(730), Duration.ofDays(730));

    private static final byte[] SKETCH_BYTES = sketch(0.5, 0.9, 0.9, 2.5);
    static final String SKETCH_HEX = HexFormat.of().formatHex(SKETCH_BYTES);

    private Aggregates() {}

    private static byte[] sketch(double... values) {
        Sketch sketch = new Sketch(SketchRange.of("any_seconds", null));
        for (double value : values) {
            sketch.record(value);
        }
        return sketch.encode();
    }

    static AggregateTable table() {
        return new AggregateTable(new Partitions(YEARS, CLOCK), Calendar.UTC, CLOCK);
    }

    static WindowAggregate hourly(String metric, long revision, double sum) {
        return observation(metric, Map.of("endpoint", "/a"), HOUR, Duration.ofHours(1), revision, sum)
                .build();
    }

    static WindowAggregate hourly(String metric, Map<String, String> labels) {
        return observation(metric, labels, HOUR, Duration.ofHours(1), 0, 4.0).build();
    }

    static WindowAggregate hourlyAt(String metric, Instant start) {
        return observation(metric, Map.of(), start, Duration.ofHours(1), 0, 4.0).build();
    }

    static WindowAggregate minutely(String metric) {
        return observation(metric, Map.of(), HOUR, Duration.ofMinutes(1), 0, 4.0)
                .build();
    }

    static WindowAggregate.Builder observation(
            String metric, Map<String, String> labels, Instant start, Duration size, long revision, double sum) {
        return WindowAggregate.newBuilder()
                .setMetric(metric)
                .setService("shop")
                .setLabels(labels)
                .setKind(MetricKind.OBSERVATION)
                .setUnit("seconds")
                .setWindowStart(start)
                .setWindowEnd(start.plus(size))
                .setCount(4)
                .setSum(sum)
                .setMin(0.5)
                .setMax(2.5)
                .setRate(4.0 / size.toSeconds())
                .setSuccessCount(3)
                .setErrorCount(1)
                .setErrorRatio(0.25)
                .setQuantiles(List.of(
                        new QuantileValue(0.5, 0.9, 0.89, 0.9),
                        new QuantileValue(0.9, 2.5, 2.4, 2.5),
                        new QuantileValue(0.95, 2.5, 2.4, 2.5),
                        new QuantileValue(0.99, 2.5, 2.4, 2.5)))
                .setSketch(ByteBuffer.wrap(SKETCH_BYTES))
                .setFinal$(true)
                .setRevision(revision);
    }

    /** A record as the consumer would return it. */
    static ConsumerRecord<byte[], byte[]> polled(long offset, WindowAggregate aggregate) {
        return polled("aggregates", offset, aggregate);
    }

    static ConsumerRecord<byte[], byte[]> polled(String topic, long offset, WindowAggregate aggregate) {
        return new ConsumerRecord<>(topic, 0, offset, new byte[0], encode(aggregate));
    }

    static byte[] encode(SpecificRecord record) {
        try (AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>()) {
            serializer.configure(REGISTRY, false);
            return requireNonNull(serializer.serialize("aggregates", record));
        }
    }

    static Deserializer<WindowAggregate> decoder() {
        AvroDeserializer<WindowAggregate> deserializer = new AvroDeserializer<>();
        deserializer.configure(REGISTRY, false);
        return deserializer;
    }
}
