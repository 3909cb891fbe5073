package dev.weir.topology.state;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The kinds of state stores: key-value with compacted changelogs and explicit deletes, so that a restore never races
 * retention.
 */
public final class StoreBuilders {
    private StoreBuilders() {}

    /** Names → instants, in ms. */
    public static StoreBuilder<KeyValueStore<String, Long>> clock(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.Long());
    }

    /**
     * Slices of series. Cached: one that changes with every event goes to disk and changelog once a commit.
     */
    public static StoreBuilder<KeyValueStore<SliceKey, SeriesAggregate>> slices(String name) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name),
                        new SliceKey.StoreSerde(),
                        new SeriesAggregate.StoreSerde())
                .withCachingEnabled();
    }
}
