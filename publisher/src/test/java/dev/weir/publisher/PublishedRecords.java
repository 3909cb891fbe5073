package dev.weir.publisher;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.serde.AvroDeserializer;
import dev.weir.sketch.Sketch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands on a topic of one partition. */
record PublishedRecords(List<SpecificRecord> records) {
    static PublishedRecords read(String bootstrapServers, String registry, String topic) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrapServers,
                "schema.registry.url", registry,
                "specific.avro.reader", "true");
        AvroDeserializer<SpecificRecord> values = new AvroDeserializer<>();
        values.configure(config, false);
        TopicPartition partition = new TopicPartition(topic, 0);
        List<SpecificRecord> records = new ArrayList<>();
        try (KafkaConsumer<String, SpecificRecord> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), values)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> records.add(record.value()));
            }
        }
        return new PublishedRecords(List.copyOf(records));
    }

    <T> List<T> of(Class<T> type) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The measurements of all batches, of one metric. */
    List<Measurement> measurements(String metric) {
        return of(MetricBatch.class).stream()
                .flatMap(batch -> batch.getMeasurements().stream())
                .filter(measurement -> measurement.getMetric().equals(metric))
                .toList();
    }

    List<HistogramEvent> histograms(String metric) {
        return of(HistogramEvent.class).stream()
                .filter(event -> event.getMetric().equals(metric))
                .toList();
    }

    /** The observations of a metric's histograms. */
    long observations(String metric) {
        return histograms(metric).stream()
                .mapToLong(event -> sketch(event).count())
                .sum();
    }

    static Sketch sketch(HistogramEvent event) {
        return Sketch.decode(ByteBuffer.wrap(event.getHistogram().array()));
    }
}
