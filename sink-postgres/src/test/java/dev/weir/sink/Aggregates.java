package dev.weir.sink;

import static java.util.Objects.requireNonNull;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Aggregates to feed the sink with, and their encoding with an in-process registry. */
final class Aggregates {
    static final Instant HOUR = Instant.parse("2026-03-01T10:00:00Z");

    private static final Map<String, Object> REGISTRY = Map.of(
            "schema.registry.url", "mock://sink",
            "specific.avro.reader", true,
            "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy");

    private Aggregates() {}

    static WindowAggregate hourly(String metric, long revision, double sum) {
        return observation(metric, Map.of("endpoint", "/a"), HOUR, Duration.ofHours(1), revision, sum);
    }

    static WindowAggregate hourly(String metric, Map<String, String> labels) {
        return observation(metric, labels, HOUR, Duration.ofHours(1), 0, 4.0);
    }

    static WindowAggregate hourlyAt(String metric, Instant start) {
        return observation(metric, Map.of(), start, Duration.ofHours(1), 0, 4.0);
    }

    static WindowAggregate minutely(String metric) {
        return observation(metric, Map.of(), HOUR, Duration.ofMinutes(1), 0, 4.0);
    }

    private static WindowAggregate observation(
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
                .setSketch(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setFinal$(true)
                .setRevision(revision)
                .build();
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
