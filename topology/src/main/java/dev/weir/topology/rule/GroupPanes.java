package dev.weir.topology.rule;

import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.eval.Staleness;
import dev.weir.alerting.plan.Selection;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The panes that one rule group may still read, in memory. One thread. */
final class GroupPanes implements PaneSource {
    private final Map<Series, NavigableMap<Long, Aggregate>> bySeries = new HashMap<>();
    /** The series that a selector of that name may read. */
    private final Map<String, Map<Series, NavigableMap<Long, Aggregate>>> byName = new HashMap<>();

    void add(Series series, long startMs, Aggregate aggregate) {
        NavigableMap<Long, Aggregate> panes = bySeries.get(series);
        if (panes == null) {
            panes = new TreeMap<>();
            bySeries.put(series, panes);
            for (String name : Selection.names(series)) {
                byName.computeIfAbsent(name, absent -> new LinkedHashMap<>()).put(series, panes);
            }
        }
        panes.put(startMs, aggregate);
    }

    boolean has(Series series) {
        return bySeries.containsKey(series);
    }

    /**
     * Makes one pane of those in each slice of {@code [fromMs, toMs)}, and forgets those of other series there. A mark that a
     * series ended is left out: only what looks back from a tick asks for it.
     *
     * @param lengthMs of a slice; divides {@code toMs}
     * @return the new panes by start
     */
    SortedMap<Long, Map<Series, Aggregate>> merge(long fromMs, long toMs, long lengthMs, Predicate<Series> kept) {
        SortedMap<Long, Map<Series, Aggregate>> merged = new TreeMap<>();
        bySeries.forEach((series, panes) -> {
            NavigableMap<Long, Aggregate> old = panes.subMap(fromMs, true, toMs, false);
            NavigableMap<Long, Aggregate> slices = new TreeMap<>();
            if (kept.test(series)) {
                old.forEach((startMs, aggregate) -> {
                    if (!Staleness.isMarker(aggregate.last().orElse(0))) {
                        slices.merge(Math.floorDiv(startMs, lengthMs) * lengthMs, aggregate, GroupPanes::sum);
                    }
                });
            }
            old.clear();
            panes.putAll(slices);
            slices.forEach((startMs, aggregate) -> merged.computeIfAbsent(startMs, absent -> new LinkedHashMap<>())
                    .put(series, aggregate));
        });
        forgetEmpty();
        return merged;
    }

    private static Aggregate sum(Aggregate one, Aggregate other) {
        one.merge(other);
        return one;
    }

    /** The panes that start before {@code endMs}, by start. */
    SortedMap<Long, Map<Series, Aggregate>> before(long endMs) {
        SortedMap<Long, Map<Series, Aggregate>> byStart = new TreeMap<>();
        bySeries.forEach((series, panes) -> panes.headMap(endMs, false)
                .forEach((startMs, aggregate) -> byStart.computeIfAbsent(startMs, absent -> new LinkedHashMap<>())
                        .put(series, aggregate)));
        return byStart;
    }

    /** Forgets all panes that start before {@code startMs}. */
    void removeBefore(long startMs) {
        bySeries.values().forEach(panes -> panes.headMap(startMs, false).clear());
        forgetEmpty();
    }

    private void forgetEmpty() {
        bySeries.entrySet().removeIf(entry -> {
            boolean empty = entry.getValue().isEmpty();
            if (empty) {
                Selection.names(entry.getKey()).forEach(name -> forget(name, entry.getKey()));
            }
            return empty;
        });
    }

    private void forget(String name, Series series) {
        Map<Series, NavigableMap<Long, Aggregate>> named = byName.getOrDefault(name, new HashMap<>());
        named.remove(series);
        if (named.isEmpty()) {
            byName.remove(name);
        }
    }

    @Override
    public List<SeriesPanes> read(Selection selection, long fromMs, long toMs) {
        List<SeriesPanes> read = new ArrayList<>();
        boolean anyName = selection.metric().isEmpty();
        (anyName ? bySeries : byName.getOrDefault(selection.metric(), Map.of())).forEach((series, panes) -> {
            NavigableMap<Long, Aggregate> inRange = panes.subMap(fromMs, true, toMs, false);
            if (!inRange.isEmpty() && selection.selects(series)) {
                List<Pane> list = new ArrayList<>(inRange.size());
                inRange.forEach((start, aggregate) -> list.add(new Pane(start, aggregate)));
                read.add(new SeriesPanes(series, list));
            }
        });
        return read;
    }
}
