package dev.weir.topology.rule;

import dev.weir.alerting.eval.PaneSource;
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
import java.util.TreeMap;

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

    /** Forgets all panes that start before {@code startMs}. */
    void removeBefore(long startMs) {
        bySeries.entrySet().removeIf(entry -> {
            entry.getValue().headMap(startMs, false).clear();
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
