package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.Selection.Facet;
import dev.weir.alerting.promql.BucketRates;
import dev.weir.alerting.promql.Function;
import dev.weir.alerting.promql.Grouping;
import dev.weir.events.MetricKind;
import dev.weir.pane.Pane;
import dev.weir.sketch.Quantile;
import dev.weir.sketch.Sketch;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code histogram_quantile} of a group of series: nearest rank in the merged sketches of OBSERVATION series, with
 * bounds; Prometheus' interpolation in the {@code le} buckets of running totals. A label set that has both is two
 * samples, which the evaluation refuses.
 */
final class HistogramQuantile {
    private final SelectorReader selectors;
    private final double q;

    HistogramQuantile(SelectorReader selectors, double q) {
        this.selectors = selectors;
        this.q = q;
    }

    List<Sample> of(BucketRates rates) {
        Selection selection =
                Selection.over(rates.buckets().selector(), rates.buckets().range());
        TreeMap<String, Group> groups = new TreeMap<>();
        ClassicBuckets classic = new ClassicBuckets(rates.grouping());
        // The quantile is the same for rate and increase, which differ by a factor.
        Rates bucketRates = new Rates(selectors, Function.RATE);
        for (SeriesPanes read : selectors.read(selection)) {
            Facet facet = selection.facet(read.series()).orElse(Facet.SERIES);
            if (read.series().kind() == MetricKind.OBSERVATION && facet == Facet.BUCKET) {
                requireNoDerivedMatchers(selection);
                SortedMap<String, String> labels =
                        groupLabels(rates.grouping(), read.series().allLabels());
                groups.computeIfAbsent(labels.toString(), text -> new Group(labels))
                        .add(read);
            } else {
                bucketRates.ofSeries(read, selection, facet).forEach(classic::add);
            }
        }
        List<Sample> samples = new ArrayList<>(classic.quantiles(q));
        groups.values().forEach(group -> samples.addAll(group.quantile(q)));
        return samples;
    }

    static SortedMap<String, String> groupLabels(@Nullable Grouping grouping, SortedMap<String, String> labels) {
        SortedMap<String, String> kept = grouping == null ? Sample.withoutName(labels) : grouping.key(labels);
        kept.remove(Selection.LE);
        return kept;
    }

    private static void requireNoDerivedMatchers(Selection selection) {
        for (String label : List.of(Selection.LE, Selection.OUTCOME)) {
            if (!selection.matchersOn(label).isEmpty()) {
                throw new EvaluationException(selection.metric() + " has a matcher on " + label
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

        void add(SeriesPanes read) {
            for (Pane pane : read.panes()) {
                Sketch sketch = pane.aggregate().sketch();
                if (sketch == null) {
                    continue;
                }
                if (merged == null) {
                    merged = sketch.copy();
                } else if (merged.range().equals(sketch.range())) {
                    merged.merge(sketch);
                } else {
                    throw new EvaluationException("series " + read.series().key() + " has the sketch range "
                            + sketch.range() + ", others of its group have " + merged.range()
                            + "; keep series of different units apart");
                }
            }
        }

        List<Sample> quantile(double q) {
            if (merged == null || merged.isEmpty()) {
                return List.of();
            }
            if (!(q >= 0 && q <= 1)) {
                return List.of(new Sample(labels, ClassicBuckets.outside(q), null));
            }
            Quantile quantile = merged.quantile(q);
            return List.of(new Sample(labels, quantile.value(), new Bounds(quantile.low(), quantile.high())));
        }
    }
}
