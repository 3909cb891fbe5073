package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
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

    static List<Sample> of(SeriesPanes read, Selection selection, Facet facet) {
        if (!selection.matchersOn(Selection.LE).stream().allMatch(matcher -> matcher.matches(""))) {
            return List.of();
        }
        List<LabelMatcher> outcomes = selection.matchersOn(Selection.OUTCOME);
        if (outcomes.isEmpty()) {
            return List.of(Sample.of(read.series().allLabels(), total(read, facet)));
        }
        if (facet == Facet.SUM) {
            throw new EvaluationException(
                    selection.metric() + " has no label outcome: sums are not kept for each outcome; use the _count");
        }
        return split(read, facet, outcomes);
    }

    private static List<Sample> split(SeriesPanes read, Facet facet, List<LabelMatcher> matchers) {
        List<Sample> samples = new ArrayList<>();
        double rest = total(read, facet);
        for (List<Outcome> family : FAMILIES) {
            double occurred =
                    family.stream().mapToDouble(outcome -> count(read, outcome)).sum();
            rest -= occurred;
            for (Outcome outcome : family) {
                if (occurred > 0 && matchAll(matchers, outcome.name())) {
                    SortedMap<String, String> labels =
                            new TreeMap<>(read.series().allLabels());
                    labels.put(Selection.OUTCOME, outcome.name());
                    samples.add(Sample.of(labels, count(read, outcome)));
                }
            }
        }
        if (rest > 0 && matchAll(matchers, "")) {
            samples.add(Sample.of(read.series().allLabels(), rest));
        }
        return samples;
    }

    private static boolean matchAll(List<LabelMatcher> matchers, String value) {
        return matchers.stream().allMatch(matcher -> matcher.matches(value));
    }

    private static double total(SeriesPanes read, Facet facet) {
        boolean increments = read.series().kind() == MetricKind.COUNT || facet == Facet.SUM;
        CompensatedSum total = new CompensatedSum();
        for (Pane pane : read.panes()) {
            total.add(increments ? pane.aggregate().sum() : pane.aggregate().count());
        }
        return total.value();
    }

    private static double count(SeriesPanes read, Outcome outcome) {
        CompensatedSum count = new CompensatedSum();
        read.panes().forEach(pane -> count.add(pane.aggregate().outcome(outcome)));
        return count.value();
    }
}
