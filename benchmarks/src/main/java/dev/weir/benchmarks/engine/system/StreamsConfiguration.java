package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.measure.PassSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams for the applications that are compared with Weir: exactly once, and what Weir itself changes. */
final class StreamsConfiguration {
    private static final int COMMIT_MS = 1_000;
    private static final int BATCH_BYTES = 128 << 10;

    private StreamsConfiguration() {}

    static Properties exactlyOnce(PassSettings settings, String applicationId, Map<String, Object> more) {
        Properties properties = new Properties();
        properties.putAll(connection(settings, applicationId));
        properties.putAll(more);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, PassSettings.THREADS);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        return properties;
    }

    /** The keys that every application must have. */
    static Map<String, Object> connection(PassSettings settings, String applicationId) {
        Map<String, Object> config = new HashMap<>();
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.STATE_DIR_CONFIG, settings.directory().toString());
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        return config;
    }
}
