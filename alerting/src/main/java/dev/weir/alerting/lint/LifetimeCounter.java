package dev.weir.alerting.lint;

import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.ExprText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Counters since the start of their process: no change of today moves their quotient, and a limit once passed stays so. */
final class LifetimeCounter {
    /** Counters that an exporter gives without {@code _total}: taken for such only as part of their own sum. */
    private static final Pattern COUNTED = Pattern.compile("_(hits?|miss(es)?|success(es)?|errors?|fail(ed|ures?))$");

    private static final Set<AggregationOperator> AGGREGATES =
            Set.of(AggregationOperator.SUM, AggregationOperator.AVG, AggregationOperator.MIN, AggregationOperator.MAX);

    private LifetimeCounter() {}

    static void check(LintedRule rule) {
        rule.expr().forEach(part -> {
            if (part instanceof Binary division && division.operator() == BinaryOperator.DIVIDE) {
                checkDivision(rule, division);
            }
        });
        for (Comparison comparison : Comparison.in(rule.expr())) {
            checkLimit(rule, comparison);
        }
    }

    private static void checkDivision(LintedRule rule, Binary division) {
        List<VectorSelector> left = raw(division.left());
        List<VectorSelector> right = raw(division.right());
        boolean counters = areTotals(left) && areTotals(right);
        boolean parts = left.size() == 1
                && COUNTED.matcher(left.get(0).metric()).find()
                && right.size() > 1
                && Shares.isShare(division);
        if (counters || parts || isLifetimeMean(left, right)) {
            rule.report(
                    Check.LIFETIME_COUNTER,
                    division,
                    ExprText.of(division) + " divides counters since the start of their process",
                    "the longer it runs the less a change moves the quotient",
                    "rate(" + left.get(0).metric() + "[5m]) and the like on both sides");
        }
    }

    private static void checkLimit(LintedRule rule, Comparison comparison) {
        List<VectorSelector> raw = raw(comparison.value());
        // "> 0" asks whether there is one at all, and some gauges are named like counters.
        boolean limit = (comparison.isAbove() || comparison.isBelow()) && comparison.threshold() > 0;
        if (limit && isAggregate(comparison.value()) && raw.size() == 1 && isTotal(raw.get(0))) {
            rule.report(
                    Check.LIFETIME_COUNTER,
                    comparison.whole(),
                    ExprText.of(comparison.whole()) + " compares a counter since the start of its process",
                    "a limit that it has passed once stays passed until the process starts again",
                    "increase(" + ExprText.of(raw.get(0))
                            + "[10m]) or rate, compared with what is too much in that time");
        }
    }

    /** A selector, or an aggregate of one that is still in its unit. */
    private static boolean isAggregate(Expr wrapped) {
        Expr expr = wrapped.unwrapped();
        return expr instanceof VectorSelector
                || (expr instanceof Aggregation aggregation
                        && AGGREGATES.contains(aggregation.operator())
                        && isAggregate(aggregation.argument()));
    }

    private static boolean areTotals(List<VectorSelector> selectors) {
        return !selectors.isEmpty() && selectors.stream().allMatch(LifetimeCounter::isTotal);
    }

    private static boolean isTotal(VectorSelector selector) {
        return selector.metric().endsWith("_total");
    }

    private static boolean isLifetimeMean(List<VectorSelector> left, List<VectorSelector> right) {
        return left.size() == 1
                && right.size() == 1
                && left.get(0).metric().endsWith("_sum")
                && right.get(0).metric().endsWith("_count")
                && MetricFacts.base(left.get(0).metric())
                        .equals(MetricFacts.base(right.get(0).metric()));
    }

    /** Selectors that no range stands around, and whose values count. */
    private static List<VectorSelector> raw(Expr expr) {
        List<VectorSelector> raw = new ArrayList<>();
        collect(expr, raw);
        return raw;
    }

    private static boolean countsSeries(Expr expr) {
        return expr instanceof Aggregation aggregation
                && (aggregation.operator() == AggregationOperator.COUNT
                        || aggregation.operator() == AggregationOperator.GROUP);
    }

    private static void collect(Expr expr, List<VectorSelector> raw) {
        if (expr instanceof VectorSelector selector) {
            raw.add(selector);
        } else if (!(expr instanceof RangeSelector) && !countsSeries(expr)) {
            expr.parts().forEach(part -> collect(part, raw));
        }
    }
}
