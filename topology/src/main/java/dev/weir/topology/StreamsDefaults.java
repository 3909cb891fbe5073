package dev.weir.topology;

import dev.weir.topology.commit.CommitPace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;

/** Weir's own defaults for Kafka Streams; whatever the configuration says wins. */
final class StreamsDefaults {
    private static final List<String> SESSION = List.of(
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
            StreamsConfig.mainConsumerPrefix(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG));
    private static final Map<String, Object> DEFAULTS = defaults();

    private StreamsDefaults() {}

    static Properties with(Map<String, Object> configured) {
        Properties properties = new Properties();
        properties.putAll(DEFAULTS);
        if (GroupProtocol.STREAMS
                .name()
                .equalsIgnoreCase(String.valueOf(configured.get(StreamsConfig.GROUP_PROTOCOL_CONFIG)))) {
            // There the broker decides on them, and a client that sets them is refused.
            properties.keySet().removeAll(SESSION);
        }
        properties.putAll(configured);
        return properties;
    }

    private static Map<String, Object> defaults() {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        defaults.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        // Of a backlog. A delta of each active series leaves with each commit.
        defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 5_000);
        defaults.put(CommitPace.INTERVAL_MS, 1_000);
        defaults.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
        defaults.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        // Of the input and between the stages, records are packs of up to 256 KB.
        defaults.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 100);
        defaults.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1_000);
        // Longer than a window of many series takes to close, and as short as that allows: what a process leaves open
        // when
        // it is killed and has lost its state directory holds back readers of committed records for so long.
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 20_000);
        // A killed process must not hold its partitions for the default 45 s.
        defaults.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        defaults.put(StreamsConfig.mainConsumerPrefix(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
        defaults.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // As large as the system lets it grow: a consumer reads from the network only when it is polled, and the
        // client's
        // 64 KB hold a part of a fetch only.
        defaults.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), -1);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        return defaults;
    }
}
