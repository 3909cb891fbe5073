package dev.weir.benchmarks.engine.system;

import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * What a user of the Kafka Streams DSL would write: grouped by key, windows of a minute, emitted when they close.
 *
 * <p>Suppressed until they close, with the store's cache: {@code EmitStrategy.onWindowClose()} begins with a walk through the
 * cache from the year 1970 on, a minute at a time. Single events are keyed by their series already; batches are taken apart and repartitioned.
 */
final class DslTopology<W> {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final DslAggregation<W> aggregation;
    private final Map<String, Object> serdeConfig;

    DslTopology(DslAggregation<W> aggregation, Map<String, Object> registry) {
        this.aggregation = aggregation;
        this.serdeConfig = new HashMap<>(registry);
        serdeConfig.put("specific.avro.reader", true);
    }

    Topology build(String input, String output) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<SpecificRecord> records = serde();
        Serde<MetricEvent> events = serde();
        KStream<String, SpecificRecord> source =
                builder.stream(input, Consumed.with(Serdes.String(), records).withTimestampExtractor(eventTime()));
        // No key changes without a batch, so single events are not repartitioned.
        KStream<String, MetricEvent> keyed = input.startsWith("batch")
                ? source.flatMap((key, record) -> measurements(key, record))
                : source.mapValues(MetricEvent.class::cast);
        keyed.groupByKey(Grouped.with(Serdes.String(), events))
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
                .aggregate(
                        aggregation::empty,
                        (key, event, window) -> aggregation.add(event, window),
                        Materialized.with(Serdes.String(), aggregation.serde()))
                .suppress(Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded()))
                .toStream((window, value) -> window.key())
                .to(output, Produced.with(Serdes.String(), aggregation.serde()));
        return builder.build();
    }

    private static List<KeyValue<String, MetricEvent>> measurements(String key, SpecificRecord record) {
        if (record instanceof MetricEvent event) {
            return List.of(KeyValue.pair(key, event));
        }
        MetricBatch batch = (MetricBatch) record;
        List<KeyValue<String, MetricEvent>> events =
                new ArrayList<>(batch.getMeasurements().size());
        for (Measurement one : batch.getMeasurements()) {
            Map<String, String> labels = new HashMap<>(batch.getLabels());
            labels.putAll(one.getLabels());
            Series series = Series.of(one.getMetric(), batch.getService(), labels, one.getKind(), one.getUnit());
            MetricEvent event = new MetricEvent(
                    one.getTimestamp(),
                    batch.getService(),
                    one.getMetric(),
                    one.getKind(),
                    one.getValue(),
                    one.getUnit(),
                    one.getOutcome(),
                    labels,
                    one.getEventId());
            events.add(KeyValue.pair(series.key(), event));
        }
        return events;
    }

    private static TimestampExtractor eventTime() {
        return (record, partitionTime) -> record.value() instanceof MetricEvent event
                ? event.getTimestamp().toEpochMilli()
                : ((MetricBatch) record.value())
                        .getMeasurements()
                        .get(0)
                        .getTimestamp()
                        .toEpochMilli();
    }

    private <T extends SpecificRecord> Serde<T> serde() {
        AvroSerializer<T> serializer = new AvroSerializer<>();
        serializer.configure(serdeConfig, false);
        // All stream threads share a serde, but a decoder belongs to one.
        ThreadLocal<AvroDeserializer<T>> deserializers = ThreadLocal.withInitial(() -> {
            AvroDeserializer<T> deserializer = new AvroDeserializer<>();
            deserializer.configure(serdeConfig, false);
            return deserializer;
        });
        return Serdes.serdeFrom(
                serializer, (topic, bytes) -> deserializers.get().deserialize(topic, bytes));
    }
}
