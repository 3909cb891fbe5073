package dev.weir.topology.rule;

import dev.weir.alerting.group.RecordedSample;
import dev.weir.alerting.plan.PaneStep;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.topology.series.SeriesTable;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.shuffle.ShuffledSerde;
import dev.weir.topology.state.TimeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The panes of all rule groups of a partition: in memory to be read, and in a changelogged store as the packs that were
 * received, (start, sequence) → pack. What rules record is packed likewise, one pack a tick. Panes that only long ranges still
 * read are merged, see {@link PanesKept}: such a range begins with the first whole minute, or hour, inside of it. One thread.
 *
 * <p>Bound: so many series of a group in a partition; the panes of further ones are refused, see {@link #refusedSince}.
 */
final class RulePaneStore {
    /** What is known of one group: its panes and the keys of the packs they came in. */
    private static final class Group {
        private final GroupPanes panes = new GroupPanes();
        private final NavigableMap<Long, List<Bytes>> received = new TreeMap<>();
        private final NavigableMap<Long, List<Bytes>> recorded = new TreeMap<>();
        private final SeriesTable<Series> series = new SeriesTable<>();
        private final Map<PaneStep, Long> mergedMs = new EnumMap<>(PaneStep.class);
        private long refusedMs = Long.MIN_VALUE;
        private long keptMs;

        private boolean isEmpty() {
            return received.isEmpty() && recorded.isEmpty();
        }
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final int mostSeries;
    private final RuleMetrics metrics;
    private final Map<String, Group> byGroup = new HashMap<>();
    private final DeltaPack.Cursor cursor = new DeltaPack.Cursor();
    private long next;

    RulePaneStore(KeyValueStore<Bytes, byte[]> store, int mostSeries, RuleMetrics metrics) {
        this.store = store;
        this.mostSeries = mostSeries;
        this.metrics = metrics;
    }

    /** Reads back what was stored. */
    void restore() {
        try (KeyValueIterator<Bytes, byte[]> stored = store.all()) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                next = Math.max(next, TimeKey.second(entry.key) + 1);
                remember(entry.key, (Shuffled.RuleInputs) ShuffledSerde.DESERIALIZER.deserialize("", entry.value));
            }
        }
    }

    void add(Shuffled.RuleInputs inputs) {
        Bytes key = TimeKey.of(cursor.open(inputs.pack()).startMs(), next++);
        store.put(key, ShuffledSerde.SERIALIZER.serialize("", inputs));
        remember(key, inputs);
    }

    /** Keeps what a group recorded at a tick. */
    void record(String group, long tickMs, List<RecordedSample> samples) {
        if (samples.isEmpty()) {
            return;
        }
        DeltaPack.Writer writer = new DeltaPack.Writer();
        writer.begin(tickMs - 1, false);
        for (RecordedSample sample : samples) {
            writer.add(SeriesCodec.encode(sample.series()), sample.pane().aggregate());
        }
        add(new Shuffled.RuleInputs(group, writer.toByteArray()));
    }

    private void remember(Bytes key, Shuffled.RuleInputs inputs) {
        Group group = group(inputs.group());
        long startMs = cursor.open(inputs.pack()).startMs();
        keys(group, startMs)
                .computeIfAbsent(startMs, absent -> new ArrayList<>(1))
                .add(key);
        while (cursor.next()) {
            Series series = group.series.find(cursor.array(), cursor.seriesFrom(), cursor.seriesTo());
            if (series == null && group.series.size() < mostSeries) {
                byte[] bytes = Arrays.copyOfRange(cursor.array(), cursor.seriesFrom(), cursor.seriesTo());
                series = SeriesCodec.decode(bytes);
                group.series.put(bytes, series);
            }
            if (series == null) {
                cursor.aggregate();
                group.refusedMs = Math.max(group.refusedMs, startMs);
                metrics.refused(inputs.group(), mostSeries);
            } else {
                group.panes.add(series, startMs, cursor.aggregate());
            }
        }
    }

    /** Only what is recorded does not start with a pane: it has the last millisecond before a tick. */
    private static NavigableMap<Long, List<Bytes>> keys(Group group, long startMs) {
        return startMs % PaneStep.PANE.length().toMillis() == 0 ? group.received : group.recorded;
    }

    /** Sets how far behind a tick {@link #age} leaves panes of a group at least, however short its rules' ranges are. */
    void keep(String id, Duration range) {
        group(id).keptMs = range.toMillis();
    }

    /** Merges and forgets panes of a group that have grown old at a tick. */
    void age(String id, long tickMs, PanesKept kept) {
        merge(id, PaneStep.MINUTE, kept.mergedByMinuteMs(tickMs), kept::byMinute);
        merge(id, PaneStep.HOUR, kept.mergedByHourMs(tickMs), kept::byHour);
        long minuteMs = PaneStep.MINUTE.length().toMillis();
        long keptFromMs = Math.floorDiv(tickMs - group(id).keptMs, minuteMs) * minuteMs;
        removeBefore(id, Math.min(kept.forgottenMs(tickMs), keptFromMs));
    }

    private void merge(String id, PaneStep step, long untilMs, Predicate<Series> kept) {
        Group group = group(id);
        long fromMs = group.mergedMs.getOrDefault(step, Long.MIN_VALUE);
        if (untilMs <= fromMs) {
            return;
        }
        group.mergedMs.put(step, untilMs);
        boolean any = delete(group.received.subMap(fromMs, true, untilMs, false));
        any |= delete(group.recorded.subMap(fromMs, true, untilMs, false));
        if (any) {
            group.panes
                    .merge(fromMs, untilMs, step.length().toMillis(), kept)
                    .forEach((startMs, panes) -> put(id, group, startMs, panes));
        }
    }

    private void put(String id, Group group, long startMs, Map<Series, Aggregate> panes) {
        pack(startMs, panes, pack -> put(group, startMs, new Shuffled.RuleInputs(id, pack)));
    }

    private static void pack(long startMs, Map<Series, Aggregate> panes, Consumer<byte[]> packs) {
        DeltaPack.Writer writer = new DeltaPack.Writer();
        writer.begin(startMs, false);
        panes.forEach((series, aggregate) -> {
            writer.add(SeriesCodec.encode(series), aggregate);
            if (writer.isFull()) {
                packs.accept(writer.toByteArray());
                writer.begin(startMs, false);
            }
        });
        if (!writer.isEmpty()) {
            packs.accept(writer.toByteArray());
        }
    }

    private void put(Group group, long startMs, Shuffled.RuleInputs inputs) {
        Bytes key = TimeKey.of(startMs, next++);
        store.put(key, ShuffledSerde.SERIALIZER.serialize("", inputs));
        keys(group, startMs)
                .computeIfAbsent(startMs, absent -> new ArrayList<>(1))
                .add(key);
    }

    /** Forgets the panes of a group that start before {@code startMs}. */
    private void removeBefore(String id, long startMs) {
        Group group = group(id);
        boolean removed = delete(group.received.headMap(startMs, false));
        removed |= delete(group.recorded.headMap(startMs, false));
        if (removed) {
            group.panes.removeBefore(startMs);
            group.series.removeIf(series -> !group.panes.has(series));
        }
    }

    private boolean delete(NavigableMap<Long, List<Bytes>> old) {
        boolean any = !old.isEmpty();
        old.values().forEach(packs -> packs.forEach(store::delete));
        old.clear();
        return any;
    }

    /** Takes out the panes of a group that start before a time, and shows them in packs with the partition they go to. */
    void take(String id, long beforeMs, ToIntFunction<Series> partition, ObjIntConsumer<byte[]> taker) {
        group(id).panes.before(beforeMs).forEach((startMs, panes) -> {
            Map<Integer, Map<Series, Aggregate>> byPartition = new TreeMap<>();
            panes.forEach((series, aggregate) -> byPartition
                    .computeIfAbsent(partition.applyAsInt(series), absent -> new LinkedHashMap<>())
                    .put(series, aggregate));
            byPartition.forEach((to, some) -> pack(startMs, some, pack -> taker.accept(pack, to)));
        });
        removeBefore(id, beforeMs);
    }

    /** Forgets the panes of all other groups that start before a time: those behind it are of groups to come. */
    void retain(Predicate<String> exists, long beforeMs) {
        for (String id : List.copyOf(byGroup.keySet())) {
            if (!exists.test(id)) {
                removeBefore(id, beforeMs);
                if (group(id).isEmpty()) {
                    byGroup.remove(id);
                }
            }
        }
    }

    /** Start of the earliest pane of a group that was not recorded by rules. */
    OptionalLong earliestReceived(String id) {
        NavigableMap<Long, List<Bytes>> received = group(id).received;
        return received.isEmpty() ? OptionalLong.empty() : OptionalLong.of(received.firstKey());
    }

    /** True if there are panes of a group that rules recorded. */
    boolean hasRecorded(String id) {
        return !group(id).recorded.isEmpty();
    }

    /** True if a pane of the group that starts then or later was refused. */
    boolean refusedSince(String id, long startMs) {
        return group(id).refusedMs >= startMs;
    }

    GroupPanes of(String id) {
        return group(id).panes;
    }

    private Group group(String id) {
        return byGroup.computeIfAbsent(id, absent -> new Group());
    }
}
