package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.Selection.Facet;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.pane.Point;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Reads the series of selectors at one time, and remembers whose there were. */
final class SelectorReader {
    private final PaneSource source;
    private final EvaluationTime time;
    private final Set<SortedMap<String, String>> inputs = new HashSet<>();

    SelectorReader(PaneSource source, EvaluationTime time) {
        this.source = source;
        this.time = time;
    }

    /** Labels of all series read so far that had data. */
    Set<SortedMap<String, String>> inputs() {
        return inputs;
    }

    List<SelectedSeries> read(Selection selection) {
        long lastMs = time.lastMs() - selection.offset().toMillis();
        long fromMs = lastMs - selection.range().toMillis();
        List<SelectedSeries> selected = new ArrayList<>();
        for (SeriesPanes panes : source.read(selection, fromMs, lastMs + 1)) {
            inputs.add(panes.series().allLabels());
            for (Facet facet : selection.facets(panes.series())) {
                selected.add(new SelectedSeries(panes, selection, facet, fromMs, lastMs));
            }
        }
        return selected;
    }

    /** The last value of each gauge and running total, at most 5 minutes old, unless the series has ended. */
    List<Sample> instant(VectorSelector selector) {
        return lastPoints(selector).stream()
                .map(last -> Sample.of(last.labels, last.point.value()))
                .toList();
    }

    /** The times of those values, in seconds. */
    List<Sample> timestamps(VectorSelector selector) {
        return lastPoints(selector).stream()
                .map(last -> Sample.of(Sample.withoutName(last.labels), last.point.timestampMs() / 1000.0))
                .toList();
    }

    private List<LastPoint> lastPoints(VectorSelector selector) {
        List<LastPoint> found = new ArrayList<>();
        for (SelectedSeries series : read(Selection.instant(selector))) {
            series.requireSamples("a plain selector");
            lastOf(series.samples()).ifPresent(point -> found.add(new LastPoint(series.labelsWithName(), point)));
        }
        return found;
    }

    private static Optional<Point> lastOf(List<Point> samples) {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        Point last = samples.get(samples.size() - 1);
        return Staleness.isMarker(last.value()) ? Optional.empty() : Optional.of(last);
    }

    private record LastPoint(SortedMap<String, String> labels, Point point) {}
}
