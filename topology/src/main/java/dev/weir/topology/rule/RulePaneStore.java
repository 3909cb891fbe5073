package dev.weir.topology.rule;

import dev.weir.series.Series;
import dev.weir.topology.series.SeriesTable;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.shuffle.ShuffledSerde;
import dev.weir.topology.state.TimeKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The panes of all rule groups of a partition: in memory to be read, and in a changelogged store as the packs that were
 * received, (start, sequence) → pack. One thread.
 */
final class RulePaneStore {
    private static final Serializer<Shuffled> SERIALIZER = new ShuffledSerde().serializer();
    private static final Deserializer<Shuffled> DESERIALIZER = new ShuffledSerde().deserializer();

    /** What is known of one group: its panes and the keys of the packs they came in. */
    private static final class Group {
        private final GroupPanes panes = new GroupPanes();
        private final NavigableMap<Long, List<Bytes>> keys = new TreeMap<>();
        private final SeriesTable<Series> series = new SeriesTable<>();
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, Group> byGroup = new HashMap<>();
    private final DeltaPack.Cursor cursor = new DeltaPack.Cursor();
    private long next;

    RulePaneStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Reads back what was stored for the groups that exist and deletes the rest. */
    void restore(Predicate<String> exists) {
        try (KeyValueIterator<Bytes, byte[]> stored = store.all()) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                next = Math.max(next, TimeKey.second(entry.key) + 1);
                Shuffled.RuleInputs inputs = (Shuffled.RuleInputs) DESERIALIZER.deserialize("", entry.value);
                if (exists.test(inputs.group())) {
                    remember(entry.key, inputs);
                } else {
                    store.delete(entry.key);
                }
            }
        }
    }

    void add(Shuffled.RuleInputs inputs) {
        Bytes key = TimeKey.of(cursor.open(inputs.pack()).startMs(), next++);
        store.put(key, SERIALIZER.serialize("", inputs));
        remember(key, inputs);
    }

    private void remember(Bytes key, Shuffled.RuleInputs inputs) {
        Group group = group(inputs.group());
        cursor.open(inputs.pack());
        group.keys
                .computeIfAbsent(cursor.startMs(), absent -> new ArrayList<>(1))
                .add(key);
        while (cursor.next()) {
            group.panes.add(series(group.series), cursor.startMs(), cursor.aggregate());
        }
    }

    private Series series(SeriesTable<Series> known) {
        Series found = known.find(cursor.array(), cursor.seriesFrom(), cursor.seriesTo());
        if (found != null) {
            return found;
        }
        byte[] bytes = Arrays.copyOfRange(cursor.array(), cursor.seriesFrom(), cursor.seriesTo());
        Series series = SeriesCodec.decode(bytes);
        known.put(bytes, series);
        return series;
    }

    /** Forgets the panes of a group that start before {@code startMs}. */
    void removeBefore(String id, long startMs) {
        Group group = group(id);
        NavigableMap<Long, List<Bytes>> old = group.keys.headMap(startMs, false);
        if (!old.isEmpty()) {
            old.values().forEach(keys -> keys.forEach(store::delete));
            old.clear();
            group.panes.removeBefore(startMs);
            group.series.removeIf(series -> !group.panes.has(series));
        }
    }

    GroupPanes of(String id) {
        return group(id).panes;
    }

    private Group group(String id) {
        return byGroup.computeIfAbsent(id, absent -> new Group());
    }
}
