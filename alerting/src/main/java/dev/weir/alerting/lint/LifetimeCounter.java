package dev.weir.alerting.lint;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.ExprText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Counters since the start of their process: no change of today moves their quotient, and a limit once passed stays so. */
final class LifetimeCounter {
    /** Counters that an exporter gives without {@code _total}: taken for such only as part of their own sum. */
    private static final Pattern COUNTED = Pattern.compile("_(hits?|miss(es)?|success(es)?|errors?|fail(ed|ures?))$");

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
        boolean counters = left.stream().anyMatch(LifetimeCounter::isTotal)
                && right.stream().anyMatch(LifetimeCounter::isTotal);
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
        boolean limit = comparison.isAbove() || comparison.isBelow();
        boolean alone = !(comparison.value() instanceof Binary) && !(comparison.value() instanceof Call);
        if (limit && alone && raw.size() == 1 && isTotal(raw.get(0))) {
            rule.report(
                    Check.LIFETIME_COUNTER,
                    comparison.whole(),
                    ExprText.of(comparison.whole()) + " compares a counter since the start of its process",
                    "a limit that it has passed once stays passed until the process starts again",
                    "increase(" + ExprText.of(raw.get(0))
                            + "[10m]) or rate, compared with what is too much in that time");
        }
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

    /** Selectors that no range stands around. */
    private static List<VectorSelector> raw(Expr expr) {
        List<VectorSelector> raw = new ArrayList<>();
        collect(expr, raw);
        return raw;
    }

    private static void collect(Expr expr, List<VectorSelector> raw) {
        if (expr instanceof VectorSelector selector) {
            raw.add(selector);
        } else if (!(expr instanceof RangeSelector)) {
            expr.parts().forEach(part -> collect(part, raw));
        }
    }
}
