package dev.weir.app.rule;

import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.group.RecordedSample;
import dev.weir.alerting.plan.Selection;
import dev.weir.events.MetricEvent;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.PipelineSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The panes of all events, as the stream would make them, and what rules have recorded. */
final class EventPanes implements PaneSource {
    private static final long PANE_MS = PipelineSettings.PANE.toMillis();

    private final Map<Series, NavigableMap<Long, Pane>> panes = new HashMap<>();

    void add(MetricEvent event) {
        Series series =
                Series.of(event.getMetric(), event.getService(), event.getLabels(), event.getKind(), event.getUnit());
        long timestampMs = event.getTimestamp().toEpochMilli();
        long startMs = timestampMs - Math.floorMod(timestampMs, PANE_MS);
        panes.computeIfAbsent(series, first -> new TreeMap<>())
                .computeIfAbsent(
                        startMs,
                        first -> new Pane(
                                startMs, new Aggregate(series.kind(), SketchRange.of(series.metric(), series.unit()))))
                .aggregate()
                .record(timestampMs, event.getValue(), event.getOutcome());
    }

    void add(RecordedSample sample) {
        Pane pane = sample.pane();
        panes.computeIfAbsent(sample.series(), first -> new TreeMap<>()).put(pane.startMs(), pane);
    }

    @Override
    public List<SeriesPanes> read(Selection selection, long fromMs, long toMs) {
        List<SeriesPanes> read = new ArrayList<>();
        panes.forEach((series, byStart) -> {
            if (selection.selects(series)) {
                List<Pane> inRange =
                        List.copyOf(byStart.subMap(fromMs, true, toMs, false).values());
                if (!inRange.isEmpty()) {
                    read.add(new SeriesPanes(series, inRange));
                }
            }
        });
        return read;
    }
}
