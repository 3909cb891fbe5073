package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.Selection.Facet;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Pane;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Exact totals of COUNT and OBSERVATION series over panes.
 *
 * <p>Without a matcher on {@code outcome} a series gives its total. With one it gives a sample for each outcome that
 * matches, labelled with it: SUCCESS and ERROR where either occurred, HIT and MISS likewise, so that no errors is 0 and
 * not nothing; and, where the empty value matches, what had no outcome, without the label.
 */
final class IncrementCounts {
    private static final List<List<Outcome>> FAMILIES =
            List.of(List.of(Outcome.SUCCESS, Outcome.ERROR), List.of(Outcome.HIT, Outcome.MISS));

    private IncrementCounts() {}

    static List<Sample> of(SelectedSeries series) {
        Selection selection = series.selection();
        List<Pane> panes = series.panes();
        if (panes.isEmpty() || !matchAll(selection.matchersOn(Selection.LE), "")) {
            return List.of();
        }
        List<LabelMatcher> outcomes = selection.matchersOn(Selection.OUTCOME);
        if (outcomes.isEmpty()) {
            return List.of(Sample.of(series.labels(), total(series, panes)));
        }
        if (series.facet() == Facet.SUM) {
            throw new EvaluationException(series.series().metric()
                    + "_sum has no label outcome: sums are not kept for each outcome; use the _count");
        }
        return split(series, panes, outcomes);
    }

    private static List<Sample> split(SelectedSeries series, List<Pane> panes, List<LabelMatcher> matchers) {
        List<Sample> samples = new ArrayList<>();
        double rest = total(series, panes);
        for (List<Outcome> family : FAMILIES) {
            double occurred = family.stream()
                    .mapToDouble(outcome -> count(panes, outcome))
                    .sum();
            rest -= occurred;
            for (Outcome outcome : family) {
                if (occurred > 0 && matchAll(matchers, outcome.name())) {
                    SortedMap<String, String> labels = new TreeMap<>(series.labels());
                    labels.put(Selection.OUTCOME, outcome.name());
                    samples.add(Sample.of(labels, count(panes, outcome)));
                }
            }
        }
        if (rest > 0 && matchAll(matchers, "")) {
            samples.add(Sample.of(series.labels(), rest));
        }
        return samples;
    }

    private static boolean matchAll(List<LabelMatcher> matchers, String value) {
        return matchers.stream().allMatch(matcher -> matcher.matches(value));
    }

    private static double total(SelectedSeries series, List<Pane> panes) {
        boolean increments = series.kind() == MetricKind.COUNT || series.facet() == Facet.SUM;
        CompensatedSum total = new CompensatedSum();
        for (Pane pane : panes) {
            total.add(increments ? pane.aggregate().sum() : pane.aggregate().count());
        }
        return total.value();
    }

    private static double count(List<Pane> panes, Outcome outcome) {
        CompensatedSum count = new CompensatedSum();
        panes.forEach(pane -> count.add(pane.aggregate().outcome(outcome)));
        return count.value();
    }
}
