package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.alerting.promql.MatchOperator;
import dev.weir.pane.Point;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code absent} and {@code absent_over_time}: 1 where nothing is, with the labels that the matchers ask for. */
final class Absence {
    private final SelectorReader selectors;

    Absence(SelectorReader selectors) {
        this.selectors = selectors;
    }

    /** Any data counts, of any kind of series: whether something reports at all is a question to each. */
    List<Sample> of(VectorSelector selector) {
        boolean present = selectors.read(Selection.instant(selector)).stream().anyMatch(Absence::isLive);
        return present ? List.of() : absent(selector);
    }

    List<Sample> of(RangeSelector range) {
        boolean present = selectors.read(Selection.over(range.selector(), range.range())).stream()
                .anyMatch(SelectedSeries::hasData);
        return present ? List.of() : absent(range.selector());
    }

    /** One sample, with the labels of the selector if the expression is one. */
    static List<Sample> absent(Expr expr) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (expr instanceof VectorSelector selector) {
            Set<String> seen = new HashSet<>();
            for (LabelMatcher matcher : selector.matchers()) {
                if (matcher.operator() == MatchOperator.EQUAL && seen.add(matcher.label())) {
                    labels.put(matcher.label(), matcher.value());
                } else {
                    labels.remove(matcher.label());
                }
            }
            labels.remove(Sample.NAME);
        }
        return List.of(Sample.of(labels, 1));
    }

    private static boolean isLive(SelectedSeries series) {
        if (!series.isSampled()) {
            return series.hasData();
        }
        List<Point> samples = series.samples();
        return !samples.isEmpty()
                && !Staleness.isMarker(samples.get(samples.size() - 1).value());
    }
}
