package dev.weir.topology.state;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The kinds of state stores: key-value with compacted changelogs and explicit deletes, so that a restore never races
 * retention.
 */
public final class StoreBuilders {
    /** A restart reads all of a changelog: one of few or short-lived entries is compacted soon, in small segments. */
    private static final Map<String, String> COMPACTED_SOON = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(16 << 20),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1",
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
                    String.valueOf(Duration.ofHours(1).toMillis()));

    private StoreBuilders() {}

    /** Names → instants, in ms. */
    public static StoreBuilder<KeyValueStore<String, Long>> clock(String name) {
        return inMemory(name, Serdes.String(), Serdes.Long());
    }

    /** Few entries, or small ones that live for minutes: in memory. */
    public static <K, V> StoreBuilder<KeyValueStore<K, V>> inMemory(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingEnabled(COMPACTED_SOON);
    }

    /** Bytes by {@link TimeKey} that live for minutes: on disk. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> shortLived(String name) {
        return longLived(name).withLoggingEnabled(COMPACTED_SOON);
    }

    /** Bytes by {@link TimeKey} that live for hours: on disk. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> longLived(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }
}
