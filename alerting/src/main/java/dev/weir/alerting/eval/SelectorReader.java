package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.Selection.Facet;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.PromDuration;
import dev.weir.events.MetricKind;
import dev.weir.pane.Point;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the series of selectors before one tick, and remembers whose there were. */
final class SelectorReader {
    private final PaneSource source;
    private final long tickMs;
    private final Set<SortedMap<String, String>> inputs = new HashSet<>();

    SelectorReader(PaneSource source, long tickMs) {
        this.source = source;
        this.tickMs = tickMs;
    }

    /** First instant behind everything the evaluation sees. */
    long tickMs() {
        return tickMs;
    }

    /** Labels of all series read so far that had data. */
    Set<SortedMap<String, String>> inputs() {
        return inputs;
    }

    List<SeriesPanes> read(Selection selection) {
        List<SeriesPanes> read =
                source.read(selection, tickMs - selection.range().toMillis(), tickMs);
        read.forEach(panes -> inputs.add(panes.series().allLabels()));
        return read;
    }

    /** True unless the series is of samples and has ended. */
    boolean isPresent(SeriesPanes read, Selection selection) {
        return !hasPoints(read.series()) || last(read, selection).isPresent();
    }

    /** The last value of each gauge and running total, at most 5 minutes old. */
    List<Sample> instant(VectorSelector selector) {
        List<Sample> samples = new ArrayList<>();
        Selection selection = Selection.instant(selector);
        for (SeriesPanes read : read(selection)) {
            requirePoints(read, selection, "a plain selector");
            last(read, selection).ifPresent(point -> {
                SortedMap<String, String> labels = new TreeMap<>(read.series().allLabels());
                labels.put(Sample.NAME, read.series().metric());
                samples.add(Sample.of(labels, point.value()));
            });
        }
        return samples;
    }

    /** The last sample of a gauge or running total; nothing if the series has ended. */
    Optional<Point> last(SeriesPanes read, Selection selection) {
        return Points.last(read, tickMs - selection.range().toMillis(), tickMs);
    }

    /** The samples of a gauge or running total in the range of the selection, by time. */
    List<Point> points(SeriesPanes read, Selection selection) {
        return Points.of(read, tickMs - selection.range().toMillis(), tickMs);
    }

    /** Throws where the series has no samples, naming what asked for them. */
    static void requirePoints(SeriesPanes read, Selection selection, String user) {
        if (hasPoints(read.series())) {
            return;
        }
        MetricKind kind = read.series().kind();
        Facet facet = selection.facet(read.series()).orElse(Facet.SERIES);
        String range = PromDuration.format(Selection.LOOKBACK);
        String advice = facet == Facet.BUCKET || (facet == Facet.SERIES && kind == MetricKind.OBSERVATION)
                ? "histogram_quantile(0.95, rate(" + read.series().metric() + "_bucket[" + range + "]))"
                : "rate(" + selection.metric() + "[" + range + "])";
        throw new EvaluationException(selection.metric() + " is read from series "
                + read.series().key() + " of kind " + kind + ", which has no samples for " + user + "; use " + advice);
    }

    private static boolean hasPoints(Series series) {
        return series.kind() == MetricKind.GAUGE || series.kind() == MetricKind.CUMULATIVE;
    }
}
