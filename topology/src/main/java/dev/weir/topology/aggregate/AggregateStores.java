package dev.weir.topology.aggregate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state stores of the aggregate stage. Key-value with compacted changelogs and explicit deletes: a restore never races
 * retention. Renaming one is a state migration.
 */
public final class AggregateStores {
    /** "watermark" → ms up to which panes and windows are closed. */
    public static final String CLOCK = "aggregate-clock";

    /** (start, series) → open pane. */
    public static final String PANES = "open-panes";

    private AggregateStores() {}

    /** All stores of the stage. */
    public static Set<StoreBuilder<?>> builders() {
        List<String> slices = new ArrayList<>(List.of(PANES));
        for (WindowSize size : WindowSize.values()) {
            slices.add(Windows.openStore(size));
            slices.add(Windows.closedStore(size));
            slices.add(Windows.correctionStore(size));
        }
        Set<StoreBuilder<?>> builders = new LinkedHashSet<>();
        builders.add(clock(CLOCK));
        slices.forEach(name -> builders.add(slices(name)));
        return builders;
    }

    /** A store of named instants, in ms. */
    public static StoreBuilder<KeyValueStore<String, Long>> clock(String name) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.Long());
    }

    private static StoreBuilder<KeyValueStore<SliceKey, SeriesAggregate>> slices(String name) {
        // Cached: a slice that changes with every event goes to disk and changelog once a commit.
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), new SliceKey.StoreSerde(), new SeriesAggregate.StoreSerde())
                .withCachingEnabled();
    }
}
