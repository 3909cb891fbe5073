package dev.weir.topology.crash;

import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerting.group.GroupEvaluator;
import dev.weir.alerting.group.GroupTick;
import dev.weir.alerting.group.MemoryState;
import dev.weir.alerting.group.RecordedSample;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerts.AlertTransition;
import dev.weir.events.MetricEvent;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rules come to over events, evaluated offline: all events cut into panes, all groups of a file evaluated one after the
 * other at every tick, in one place, each reading what the others recorded. One thread.
 */
final class RuleTruth implements PaneSource {
    private static final Duration PANE = Duration.ofSeconds(10);

    private final Map<Series, TreeMap<Long, Aggregate>> panes = new HashMap<>();
    private final List<AlertTransition> transitions = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();

    RuleTruth(List<MetricEvent> events) {
        for (MetricEvent event : events) {
            Series series = Series.of(
                    event.getMetric(), event.getService(), event.getLabels(), event.getKind(), event.getUnit());
            long timeMs = event.getTimestamp().toEpochMilli();
            pane(series, Math.floorDiv(timeMs, PANE.toMillis()) * PANE.toMillis())
                    .record(timeMs, event.getValue(), event.getOutcome());
        }
    }

    /** Evaluates all ticks in {@code (fromMs, untilMs]}. */
    void evaluate(String yaml, long fromMs, long untilMs) {
        List<RuleGroup> groups = RuleFile.parse("test.yml", yaml, PANE, PANE).groups();
        MemoryState state = new MemoryState();
        for (long tickMs = fromMs + PANE.toMillis(); tickMs <= untilMs; tickMs += PANE.toMillis()) {
            for (RuleGroup group : groups) {
                if (tickMs % group.interval().toMillis() == 0) {
                    GroupTick tick =
                            new GroupEvaluator(group, EvaluatorSettings.DEFAULTS).evaluate(tickMs, this, state);
                    if (!tick.failures().isEmpty()) {
                        throw new IllegalStateException("rules fail: " + tick.failures());
                    }
                    transitions.addAll(tick.transitions());
                    for (RecordedSample sample : tick.recorded()) {
                        panes.computeIfAbsent(sample.series(), absent -> new TreeMap<>())
                                .put(sample.pane().startMs(), sample.pane().aggregate());
                        if (!sample.isStale()) {
                            recorded.add(recorded(sample.series().key(), tickMs, sample.value()));
                        }
                    }
                }
            }
        }
    }

    /** All transitions, in order of ticks. */
    List<AlertTransition> transitions() {
        return transitions;
    }

    /** All recorded values as {@link #recorded(String, long, double)} writes them. */
    List<String> recorded() {
        return recorded;
    }

    static String recorded(String series, long tickMs, double value) {
        return series + " " + tickMs + " " + value;
    }

    private Aggregate pane(Series series, long startMs) {
        return panes.computeIfAbsent(series, absent -> new TreeMap<>())
                .computeIfAbsent(
                        startMs,
                        absent -> new Aggregate(series.kind(), SketchRange.of(series.metric(), series.unit())));
    }

    @Override
    public List<SeriesPanes> read(Selection selection, long fromMs, long toMs) {
        List<SeriesPanes> read = new ArrayList<>();
        panes.forEach((series, all) -> {
            Map<Long, Aggregate> inRange = all.subMap(fromMs, true, toMs, false);
            if (!inRange.isEmpty() && selection.selects(series)) {
                List<Pane> list = new ArrayList<>();
                inRange.forEach((start, aggregate) -> list.add(new Pane(start, aggregate)));
                read.add(new SeriesPanes(series, list));
            }
        });
        return read;
    }
}
