package dev.weir.topology.rule;

import dev.weir.pane.Pane;
import dev.weir.series.Series;
import dev.weir.topology.state.SeriesAggregate;
import dev.weir.topology.state.SliceKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The panes of all rule groups of a partition: in memory to be read, written through to a changelogged store. One thread.
 */
final class RulePaneStore {
    private final KeyValueStore<SliceKey, SeriesAggregate> store;
    private final Map<String, GroupPanes> byGroup = new HashMap<>();

    RulePaneStore(KeyValueStore<SliceKey, SeriesAggregate> store) {
        this.store = store;
    }

    /** Reads back what was stored for the groups that exist and deletes the rest. */
    void restore(Predicate<String> exists) {
        try (KeyValueIterator<SliceKey, SeriesAggregate> stored = store.all()) {
            stored.forEachRemaining(entry -> {
                String group = entry.key.part();
                if (exists.test(group)) {
                    of(group).add(entry.value.series(), entry.key.startMs(), entry.value.aggregate());
                } else {
                    store.delete(entry.key);
                }
            });
        }
    }

    void add(String group, Series series, Pane pane) {
        of(group).add(series, pane.startMs(), pane.aggregate());
        SliceKey key = SliceKey.of(pane.startMs(), series).within(group);
        store.put(key, new SeriesAggregate(series, pane.aggregate(), 0));
    }

    /** Forgets the panes of a group that start before {@code startMs}. */
    void removeBefore(String group, long startMs) {
        for (GroupPanes.Expired pane : of(group).removeBefore(startMs)) {
            store.delete(SliceKey.of(pane.startMs(), pane.series()).within(group));
        }
    }

    GroupPanes of(String group) {
        return byGroup.computeIfAbsent(group, absent -> new GroupPanes());
    }
}
