package dev.weir.topology.aggregate;

import dev.weir.series.Series;
import dev.weir.topology.state.SeriesAggregate;
import dev.weir.topology.state.SliceKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The panes, or the windows of one size, that are still growing: (start, series) → aggregate.
 *
 * <p>They live in memory and every change is written through to a changelogged store, from which a restart reads them back.
 * Closing takes them out in order of start. One thread.
 */
final class OpenSlices {
    private final KeyValueStore<SliceKey, SeriesAggregate> store;
    private final TreeMap<Long, Map<SliceKey, SeriesAggregate>> byStart = new TreeMap<>();

    OpenSlices(KeyValueStore<SliceKey, SeriesAggregate> store) {
        this.store = store;
        try (KeyValueIterator<SliceKey, SeriesAggregate> stored = store.all()) {
            stored.forEachRemaining(entry -> slicesAt(entry.key.startMs()).put(entry.key, entry.value));
        }
    }

    /** Changes the aggregate of a series in the slice at {@code startMs}. */
    void update(long startMs, Series series, BiConsumer<SliceKey, SeriesAggregate> change) {
        SliceKey key = SliceKey.of(startMs, series);
        SeriesAggregate slice = slicesAt(startMs).computeIfAbsent(key, absent -> SeriesAggregate.empty(series));
        change.accept(key, slice);
        store.put(key, slice);
    }

    /** Takes out every slice that starts at or before {@code lastStartMs}, earliest first. */
    void close(long lastStartMs, BiConsumer<SliceKey, SeriesAggregate> closed) {
        while (!byStart.isEmpty() && byStart.firstKey() <= lastStartMs) {
            byStart.pollFirstEntry().getValue().forEach((key, slice) -> {
                closed.accept(key, slice);
                store.delete(key);
            });
        }
    }

    private Map<SliceKey, SeriesAggregate> slicesAt(long startMs) {
        return byStart.computeIfAbsent(startMs, absent -> new LinkedHashMap<>());
    }
}
