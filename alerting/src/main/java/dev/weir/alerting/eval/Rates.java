package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.Selection.Facet;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Function;
import dev.weir.events.MetricKind;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** {@code rate} and {@code increase}: exact over increments and observations, extrapolated over running totals. */
final class Rates {
    private final SelectorReader selectors;
    private final Function function;

    Rates(SelectorReader selectors, Function function) {
        this.selectors = selectors;
        this.function = function;
    }

    List<Sample> of(RangeSelector range) {
        Selection selection = Selection.over(range.selector(), range.range());
        List<Sample> samples = new ArrayList<>();
        for (SeriesPanes read : selectors.read(selection)) {
            Facet facet = selection.facet(read.series()).orElse(Facet.SERIES);
            boolean distribution =
                    read.series().kind() == MetricKind.OBSERVATION && (facet == Facet.SERIES || facet == Facet.BUCKET);
            if (distribution) {
                throw distributionFault(selection, read);
            }
            samples.addAll(ofSeries(read, selection, facet));
        }
        return samples;
    }

    /** The rates of one series: none, one, or one for each outcome. */
    List<Sample> ofSeries(SeriesPanes read, Selection selection, Facet facet) {
        MetricKind kind = read.series().kind();
        if (kind == MetricKind.COUNT || kind == MetricKind.OBSERVATION) {
            double divisor = function == Function.RATE ? selection.range().toMillis() / 1000.0 : 1;
            return IncrementCounts.of(read, selection, facet).stream()
                    .map(sample -> Sample.of(sample.labels(), sample.value() / divisor))
                    .toList();
        }
        requireAllSamples(read);
        long toMs = selectors.tickMs();
        long fromMs = toMs - selection.range().toMillis();
        List<Point> points = Points.of(read, fromMs, toMs);
        OptionalDouble rate = Extrapolation.of(points, fromMs - 1, toMs - 1, function);
        return rate.isEmpty() ? List.of() : List.of(Sample.of(read.series().allLabels(), rate.getAsDouble()));
    }

    /** A gauge's pane may keep no more than its last sample; from those a rate would be another one. */
    private static void requireAllSamples(SeriesPanes read) {
        for (Pane pane : read.panes()) {
            if (pane.aggregate().points().isEmpty() && pane.aggregate().count() > 1) {
                throw new EvaluationException("series " + read.series().key() + " is of kind "
                        + read.series().kind()
                        + ", whose samples are not kept for rate and increase; report it as CUMULATIVE or COUNT");
            }
        }
    }

    private static EvaluationException distributionFault(Selection selection, SeriesPanes read) {
        String metric = read.series().metric();
        return new EvaluationException(selection.metric() + " is read from series "
                + read.series().key() + " of kind OBSERVATION, which is a distribution; use " + metric + "_count, "
                + metric + "_sum or histogram_quantile over rate(" + metric + "_bucket[…])");
    }
}
