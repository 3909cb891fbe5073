package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.Selection.Facet;
import dev.weir.alerting.promql.BucketRates;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Function;
import dev.weir.alerting.promql.Grouping;
import dev.weir.events.MetricKind;
import dev.weir.pane.Pane;
import dev.weir.sketch.Quantile;
import dev.weir.sketch.Sketch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code histogram_quantile}: Prometheus' interpolation in the {@code le} buckets of any vector; of the rates of buckets also
 * the nearest rank in the merged sketches of OBSERVATION series, with bounds. A label set that has both is two samples, which
 * the evaluation refuses.
 */
final class HistogramQuantile {
    private final Evaluator evaluator;
    private final SelectorReader selectors;

    HistogramQuantile(Evaluator evaluator, SelectorReader selectors) {
        this.evaluator = evaluator;
        this.selectors = selectors;
    }

    List<Sample> of(Call call) {
        double q = evaluator.scalar(call.arguments().get(0));
        Expr argument = call.arguments().get(1);
        return BucketRates.of(argument)
                .map(rates -> of(q, rates, argument))
                .orElseGet(() -> ClassicBuckets.quantiles(q, evaluator.vector(argument)));
    }

    private List<Sample> of(double q, BucketRates rates, Expr argument) {
        Selection selection =
                Selection.over(rates.buckets().selector(), rates.buckets().range());
        Function function = call(argument).function();
        Map<SortedMap<String, String>, Group> groups = new HashMap<>();
        List<Sample> buckets = new ArrayList<>();
        for (SelectedSeries series : selectors.read(selection)) {
            if (series.kind() == MetricKind.OBSERVATION && series.facet() == Facet.BUCKET) {
                requireNoDerivedMatchers(series);
                groups.computeIfAbsent(groupLabels(rates.grouping(), series.labels()), Group::new)
                        .add(series);
            } else {
                buckets.addAll(RangeCalls.of(series, function));
            }
        }
        List<Sample> samples = new ArrayList<>(ClassicBuckets.quantiles(q, summed(argument.unwrapped(), buckets)));
        groups.values().forEach(group -> samples.addAll(group.quantile(q)));
        return samples;
    }

    private static List<Sample> summed(Expr argument, List<Sample> buckets) {
        return argument instanceof Aggregation sum ? Aggregations.aggregate(sum, buckets) : buckets;
    }

    private static Call call(Expr argument) {
        Expr expr = argument.unwrapped();
        return (Call) (expr instanceof Aggregation sum ? sum.argument().unwrapped() : expr);
    }

    private static SortedMap<String, String> groupLabels(
            @Nullable Grouping grouping, SortedMap<String, String> labels) {
        SortedMap<String, String> kept = grouping == null ? Sample.withoutName(labels) : grouping.key(labels);
        kept.remove(Selection.LE);
        return kept;
    }

    private static void requireNoDerivedMatchers(SelectedSeries series) {
        for (String label : List.of(Selection.LE, Selection.OUTCOME)) {
            if (!series.selection().matchersOn(label).isEmpty()) {
                throw new EvaluationException(series.series().metric() + "_bucket has a matcher on " + label
                        + ", but a distribution of kind OBSERVATION is read as a whole");
            }
        }
    }

    /** Series whose sketches are merged. */
    private static final class Group {
        private final SortedMap<String, String> labels;
        private @Nullable Sketch merged;

        Group(SortedMap<String, String> labels) {
            this.labels = labels;
        }

        void add(SelectedSeries series) {
            for (Pane pane : series.panes()) {
                Sketch sketch = pane.aggregate().sketch();
                if (sketch == null) {
                    continue;
                }
                if (merged == null) {
                    merged = sketch.copy();
                } else if (merged.range().equals(sketch.range())) {
                    merged.merge(sketch);
                } else {
                    throw new EvaluationException(
                            "series " + series.series().key() + " has the sketch range " + sketch.range()
                                    + ", others of its group have " + merged.range()
                                    + "; keep series of different units apart");
                }
            }
        }

        List<Sample> quantile(double q) {
            if (merged == null || merged.isEmpty()) {
                return List.of();
            }
            if (!(q >= 0 && q <= 1)) {
                return List.of(new Sample(labels, Quantiles.outside(q), null));
            }
            Quantile quantile = merged.quantile(q);
            return List.of(new Sample(labels, quantile.value(), new Bounds(quantile.low(), quantile.high())));
        }
    }
}
