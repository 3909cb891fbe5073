package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.Selection.Facet;
import dev.weir.alerting.promql.PromDuration;
import dev.weir.events.MetricKind;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import dev.weir.series.Series;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One series as a selector reads it over {@code [fromMs, lastMs]}, which is closed at both ends as in Prometheus 2. */
record SelectedSeries(SeriesPanes read, Selection selection, Facet facet, long fromMs, long lastMs) {
    Series series() {
        return read.series();
    }

    MetricKind kind() {
        return series().kind();
    }

    /** The labels without the metric name. */
    SortedMap<String, String> labels() {
        return series().allLabels();
    }

    SortedMap<String, String> labelsWithName() {
        SortedMap<String, String> labels = new TreeMap<>(labels());
        labels.put(Sample.NAME, series().metric());
        return labels;
    }

    /** True of a gauge or running total, whose values are samples; counts and distributions are totals of panes. */
    boolean isSampled() {
        return kind() == MetricKind.GAUGE || kind() == MetricKind.CUMULATIVE;
    }

    boolean isDistribution() {
        return kind() == MetricKind.OBSERVATION && (facet == Facet.SERIES || facet == Facet.BUCKET);
    }

    /** The samples of a gauge or running total, by time; the markers of its ends among them. */
    List<Point> samples() {
        return Points.of(read, fromMs, lastMs);
    }

    /** The samples of a gauge or running total, by time. */
    List<Point> points() {
        List<Point> samples = samples();
        samples.removeIf(point -> Staleness.isMarker(point.value()));
        return samples;
    }

    Window window() {
        long offsetMs = selection.offset().toMillis();
        return new Window(points(), fromMs, lastMs, lastMs + offsetMs);
    }

    /** The whole panes in the range. */
    List<Pane> panes() {
        return read.panes().stream().filter(pane -> pane.startMs() > fromMs).toList();
    }

    /** True if anything was reported in the range. */
    boolean hasData() {
        return isSampled() ? !points().isEmpty() : !panes().isEmpty();
    }

    /** Throws where the series has no samples, naming what asked for them. */
    void requireSamples(String user) {
        if (isSampled()) {
            return;
        }
        String range = PromDuration.format(Selection.LOOKBACK);
        String metric = series().metric();
        String name = facet == Facet.SERIES ? metric : metric + facet.suffix();
        String advice = isDistribution()
                ? "histogram_quantile(0.95, rate(" + metric + "_bucket[" + range + "]))"
                : "rate(" + name + "[" + range + "])";
        throw new EvaluationException(name + " is read from series " + series().key() + " of kind " + kind()
                + ", which has no samples for " + user + "; use " + advice);
    }

    /** Throws if samples were dropped that the function would need. */
    void requireAllSamples(String user) {
        if (Points.areIncomplete(read.panes())) {
            throw new EvaluationException("series " + series().key() + " of kind " + kind()
                    + " has more samples in a pane than are kept for " + user
                    + "; report it less often, or use avg_over_time, min_over_time or max_over_time");
        }
    }
}
