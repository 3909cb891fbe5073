package dev.weir.topology.rule;

import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.plan.Selection;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The panes that one rule group may still read, in memory. One thread. */
final class GroupPanes implements PaneSource {
    private final Map<Series, NavigableMap<Long, Aggregate>> bySeries = new HashMap<>();

    void add(Series series, long startMs, Aggregate aggregate) {
        bySeries.computeIfAbsent(series, absent -> new TreeMap<>()).put(startMs, aggregate);
    }

    /** Start of the earliest pane. */
    OptionalLong earliest() {
        return bySeries.values().stream().mapToLong(NavigableMap::firstKey).min();
    }

    /** Takes out all panes that start before {@code startMs}. */
    List<Expired> removeBefore(long startMs) {
        List<Expired> removed = new ArrayList<>();
        bySeries.forEach((series, panes) -> {
            NavigableMap<Long, Aggregate> old = panes.headMap(startMs, false);
            old.keySet().forEach(start -> removed.add(new Expired(series, start)));
            old.clear();
        });
        bySeries.values().removeIf(Map::isEmpty);
        return removed;
    }

    /** A pane that no rule of the group reads any more. */
    record Expired(Series series, long startMs) {}

    @Override
    public List<SeriesPanes> read(Selection selection, long fromMs, long toMs) {
        List<SeriesPanes> read = new ArrayList<>();
        bySeries.forEach((series, panes) -> {
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
