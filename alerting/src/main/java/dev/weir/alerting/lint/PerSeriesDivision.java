package dev.weir.alerting.lint;

import dev.weir.alerting.plan.RulePlan;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.ShardLabels;
import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.ExprText;
import dev.weir.alerting.promql.Grouping;
import dev.weir.alerting.promql.LabelMatcher;
import java.util.List;
import java.util.Optional;

/**
 * {@code rate(x{code=~"5.."}[5m]) / rate(x[5m])}: samples meet by equal labels, code among them, so each series of errors is
 * divided by itself and the quotient is 1 wherever there is an error.
 */
final class PerSeriesDivision {
    private PerSeriesDivision() {}

    static void check(LintedRule rule) {
        rule.expr().forEach(part -> {
            if (part instanceof Binary division && division.operator() == BinaryOperator.DIVIDE) {
                check(rule, division);
            }
        });
    }

    private static void check(LintedRule rule, Binary division) {
        Optional<VectorSelector> part = Units.onlySelector(division.left());
        Optional<VectorSelector> whole = Units.onlySelector(division.right());
        if (part.isEmpty()
                || whole.isEmpty()
                || !part.get().metric().equals(whole.get().metric())) {
            return;
        }
        narrowed(part.get(), whole.get())
                .filter(label -> meetBy(division, label))
                .ifPresent(label -> rule.report(
                        Check.PER_SERIES_DIVISION,
                        division,
                        ExprText.of(division) + " divides each series by itself",
                        why(label),
                        ExprText.of(summed(division.left())) + " / " + ExprText.of(summed(division.right()))));
    }

    /** A label that only the numerator has a matcher on. */
    private static Optional<String> narrowed(VectorSelector part, VectorSelector whole) {
        return part.matchers().stream()
                .filter(matcher -> !whole.matchers().contains(matcher))
                .map(LabelMatcher::label)
                .findFirst();
    }

    private static boolean meetBy(Binary division, String label) {
        if (label.equals(Selection.OUTCOME)) {
            return !isAggregated(division) && !division.matching().labels().contains(label);
        }
        ShardLabels kept = RulePlan.of(division).shards();
        return kept.contains(label);
    }

    private static boolean isAggregated(Expr expr) {
        return expr instanceof Aggregation || expr.parts().stream().anyMatch(PerSeriesDivision::isAggregated);
    }

    private static String why(String label) {
        return label.equals(Selection.OUTCOME)
                ? "samples meet by equal labels, and only the left side has the label outcome: there is no result"
                : "samples meet by equal labels, " + label + " among them: the quotient is 1 wherever there is one, and"
                        + " the share in all of them is never seen";
    }

    private static Expr summed(Expr side) {
        Expr inner = side.unwrapped() instanceof Aggregation aggregation ? aggregation.argument() : side;
        return new Aggregation(
                AggregationOperator.SUM, new Grouping(true, List.of("service")), inner.unwrapped(), side.position());
    }
}
