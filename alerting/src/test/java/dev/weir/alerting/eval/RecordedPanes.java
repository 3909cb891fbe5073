package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Panes of 10 s in memory, filled event by event. */
public final class RecordedPanes implements PaneSource {
    public static final long PANE_MS = 10_000;

    private final Map<Series, TreeMap<Long, Aggregate>> panes = new LinkedHashMap<>();

    public static Series series(MetricKind kind, String metric, String... labels) {
        TreeMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        String service = map.getOrDefault("service", "s");
        map.remove("service");
        return Series.of(metric, service, map, kind, null);
    }

    public RecordedPanes record(Series series, long timestampMs, double value) {
        return record(series, timestampMs, value, null);
    }

    public RecordedPanes record(Series series, long timestampMs, double value, @Nullable Outcome outcome) {
        long startMs = timestampMs - Math.floorMod(timestampMs, PANE_MS);
        panes.computeIfAbsent(series, absent -> new TreeMap<>())
                .computeIfAbsent(
                        startMs, absent -> new Aggregate(series.kind(), SketchRange.of(series.metric(), series.unit())))
                .record(timestampMs, value, outcome);
        return this;
    }

    @Override
    public List<SeriesPanes> read(Selection selection, long fromMs, long toMs) {
        List<SeriesPanes> read = new ArrayList<>();
        panes.forEach((series, byStart) -> {
            List<Pane> inRange = byStart.subMap(fromMs, toMs).entrySet().stream()
                    .map(entry -> new Pane(entry.getKey(), entry.getValue()))
                    .toList();
            if (selection.selects(series) && !inRange.isEmpty()) {
                read.add(new SeriesPanes(series, inRange));
            }
        });
        return read;
    }
}
