package dev.weir.testing.oracle;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The independent recomputation of every window and hourly row from the events that must be in them.
 *
 * <p>The caller adds each accepted event once, in any order; rejected ones not at all. A comparison may be repeated and leaves
 * the oracle as it is. Not thread-safe. Costs about 25 bytes an event, and a pass over all events for each comparison.
 */
public final class WindowOracle {
    private final Map<SeriesId, SeriesHistory> histories = new HashMap<>();
    private long events;

    public void add(MetricEvent event) {
        add(
                event.getMetric(),
                event.getService(),
                event.getLabels(),
                event.getKind(),
                event.getUnit(),
                event.getTimestamp().toEpochMilli(),
                event.getValue(),
                event.getOutcome());
    }

    /**
     * Adds one measurement given by its fields.
     *
     * @throws IllegalArgumentException if the series was of another kind before
     */
    public void add(
            String metric,
            String service,
            Map<String, String> labels,
            MetricKind kind,
            @Nullable String unit,
            long timestampMs,
            double value,
            @Nullable Outcome outcome) {
        SeriesId series = SeriesId.of(metric, service, labels);
        SeriesHistory history = histories.computeIfAbsent(series, id -> new SeriesHistory(kind, unit));
        if (history.kind() != kind) {
            throw new IllegalArgumentException("kind is " + kind + ", must be " + history.kind() + " (" + series + ")");
        }
        history.add(timestampMs, value, outcome);
        events++;
    }

    public long events() {
        return events;
    }

    /**
     * Compares published windows, in any order, several revisions of one allowed, with the recomputed ones.
     *
     * @param closedUntil windows that end here or earlier must be present and final; of the others, those that are final
     *     are compared too
     */
    public Comparison compare(Iterable<WindowAggregate> observed, Instant closedUntil) {
        Mismatches mismatches = new Mismatches();
        Map<WindowId, WindowAggregate> windows = new ObservedWindows(observed, mismatches).byWindow();
        long compared = missing(windows.keySet(), EnumSet.allOf(WindowSize.class), closedUntil, mismatches);
        for (Map.Entry<WindowId, WindowAggregate> entry : windows.entrySet()) {
            WindowId window = entry.getKey();
            boolean closed = window.endMs() <= closedUntil.toEpochMilli();
            if (closed || entry.getValue().getFinal$()) {
                compared++;
                checkWindow(new FieldCheck(mismatches, window), entry.getValue());
            }
        }
        return mismatches.over(compared);
    }

    /** Compares stored rows with the recomputed hours. Hours that end after {@code closedUntil} are left out. */
    public Comparison compareHourly(Iterable<HourlyRow> rows, Instant closedUntil) {
        Mismatches mismatches = new Mismatches();
        Set<WindowId> seen = new HashSet<>();
        long compared = 0;
        for (HourlyRow row : rows) {
            WindowId window = row.window();
            FieldCheck check = new FieldCheck(mismatches, window);
            if (!seen.add(window)) {
                check.report("row is stored twice");
            } else if (window.endMs() <= closedUntil.toEpochMilli()) {
                compared++;
                checkRow(check, row);
            }
        }
        return mismatches.over(compared + missing(seen, EnumSet.of(WindowSize.HOUR), closedUntil, mismatches));
    }

    private void checkWindow(FieldCheck check, WindowAggregate observed) {
        WindowId window = check.window();
        SeriesHistory history = histories.get(window.series());
        if (history == null || !history.has(window.size(), window.startMs())) {
            check.report("window is published, must not be: no event is in it");
            return;
        }
        WindowTruth expected = history.truth(window.size(), window.startMs());
        check.same("kind", observed.getKind(), history.kind());
        check.same("unit", observed.getUnit(), history.unit());
        check.same("final", observed.getFinal$(), true);
        Totals.of(observed).check(check, expected.totals());
        check.same("last", observed.getLast(), expected.last());
        check.quotient("rate", observed.getRate(), expected.rate());
        if (history.kind() == MetricKind.OBSERVATION) {
            SketchCheck.check(check, observed, expected.values());
        } else {
            check.same("quantiles", observed.getQuantiles().size(), 0);
            check.same("sketch", observed.getSketch(), null);
        }
    }

    private void checkRow(FieldCheck check, HourlyRow row) {
        WindowId window = check.window();
        SeriesHistory history = histories.get(window.series());
        if (history == null || !history.has(window.size(), window.startMs())) {
            check.report("row is stored, must not be: no event is in its hour");
            return;
        }
        HourlyRowCheck.check(check, row, history, history.truth(window.size(), window.startMs()));
    }

    private long missing(Set<WindowId> present, Set<WindowSize> sizes, Instant closedUntil, Mismatches mismatches) {
        long missing = 0;
        for (Map.Entry<SeriesId, SeriesHistory> series : histories.entrySet()) {
            for (WindowSize size : sizes) {
                for (long startMs : series.getValue().starts(size).toArray()) {
                    WindowId window = new WindowId(series.getKey(), size, startMs);
                    if (window.endMs() <= closedUntil.toEpochMilli() && !present.contains(window)) {
                        missing++;
                        mismatches.add(window, "window is missing");
                    }
                }
            }
        }
        return missing;
    }
}
