package dev.weir.benchmarks.engine.workload;

import dev.weir.serde.AvroSerializer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills a topic with a workload, as a service would: this repository's serde, lz4, acknowledged. */
public final class Preload {
    private static final int LINGER_MS = 20;
    private static final int BATCH_BYTES = 256 << 10;

    private Preload() {}

    /**
     * Returns when the broker has everything.
     *
     * @throws IllegalStateException if a record was refused
     */
    public static void fill(WorkloadSpec spec, String topic, String bootstrapServers, Map<String, Object> registry) {
        send(topic, bootstrapServers, registry, new EventRecords(spec)::forEach);
    }

    /**
     * Sends records one after another, as fast as their source shows them, and returns when the broker has everything.
     *
     * @throws IllegalStateException if a record was refused
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
    public static void send(
            String topic, String bootstrapServers, Map<String, Object> registry, Consumer<EventRecords.Sink> source) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        AvroSerializer<SpecificRecord> values = new AvroSerializer<>();
        values.configure(registry, false);
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, LINGER_MS,
                ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            source.accept((partition, key, value) -> {
                byte[] bytes = Objects.requireNonNull(values.serialize(topic, value));
                producer.send(new ProducerRecord<>(topic, partition, key, bytes), (metadata, refused) -> {
                    if (refused != null) {
                        failure.compareAndSet(null, refused);
                    }
                });
            });
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("topic " + topic + " was not filled", failure.get());
        }
    }
}
