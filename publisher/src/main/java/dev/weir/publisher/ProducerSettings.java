package dev.weir.publisher;

import dev.weir.serde.AvroSerializer;
import dev.weir.serde.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.StringSerializer;

/** The properties of the Kafka producer and its serializer. */
final class ProducerSettings {
    private static final int MAX_BLOCK_MS = 1_000;

    private ProducerSettings() {}

    /**
     * Reads the settings; asks neither Kafka nor the registry.
     *
     * @throws IllegalArgumentException if a property is not one that Kafka or the serializer understands
     */
    static Map<String, Object> of(PublisherSettings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        all.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "weir-publisher-" + settings.service());
        all.put("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy");
        all.putAll(settings.properties());
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        all.put("schema.registry.url", settings.schemaRegistry());
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, AvroSerializer.class);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.bufferBytes() / 2);
        check(all);
        return all;
    }

    private static void check(Map<String, Object> all) {
        try {
            new ProducerConfig(all);
            SchemaRegistry.of(all);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage() + " (publisher)", e);
        }
    }
}
