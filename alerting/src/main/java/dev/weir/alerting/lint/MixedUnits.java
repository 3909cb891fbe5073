package dev.weir.alerting.lint;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.ExprText;
import dev.weir.alerting.promql.Function;
import dev.weir.alerting.rulefile.Rule;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Seconds compared with milliseconds: two metrics, or a metric and a number that was meant in the other unit. The rule's own
 * text says so ("exceeded 100ms"), or the number does: a latency of 250 seconds is nobody's limit, one of 5 minutes may be.
 */
final class MixedUnits {
    private static final double LEAST_SUSPECT_SECONDS = 100;
    private static final Set<BinaryOperator> LIKE_WITH_LIKE = Set.of(
            BinaryOperator.ADD,
            BinaryOperator.SUBTRACT,
            BinaryOperator.GREATER,
            BinaryOperator.GREATER_OR_EQUAL,
            BinaryOperator.LESS,
            BinaryOperator.LESS_OR_EQUAL);

    private final LintedRule rule;
    private final MetricFacts facts;
    private final Units units;

    private MixedUnits(LintedRule rule, MetricFacts facts) {
        this.rule = rule;
        this.facts = facts;
        units = new Units(facts);
    }

    static void check(LintedRule rule, MetricFacts facts) {
        MixedUnits check = new MixedUnits(rule, facts);
        rule.expr().forEach(check::checkOperands);
        Comparison.in(rule.expr()).forEach(check::checkThreshold);
    }

    private void checkOperands(Expr part) {
        if (!(part instanceof Binary binary) || !LIKE_WITH_LIKE.contains(binary.operator())) {
            return;
        }
        Unit left = units.of(binary.left());
        Unit right = units.of(binary.right());
        if (left.isTime() && right.isTime() && left != right) {
            Expr seconds = left == Unit.SECONDS ? binary.left() : binary.right();
            rule.report(
                    Check.MIXED_UNITS,
                    binary,
                    ExprText.of(binary) + " has seconds on one side and milliseconds on the other",
                    "the numbers differ by a factor of 1000",
                    ExprText.of(seconds) + " * 1000 on the side of the seconds");
        }
    }

    private void checkThreshold(Comparison comparison) {
        Unit unit = units.of(comparison.value());
        double threshold = comparison.threshold();
        if (unit == Unit.SECONDS && (textSays(threshold, "ms|milliseconds?") || isSuspect(comparison))) {
            report(comparison, "seconds", "milliseconds", threshold / 1000);
        } else if (unit == Unit.MILLISECONDS && (textSays(threshold, "s|seconds?") || isFraction(threshold))) {
            report(comparison, "milliseconds", "seconds", threshold * 1000);
        }
    }

    private void report(Comparison comparison, String actual, String meant, double threshold) {
        String number = ExprText.number(comparison.threshold());
        rule.report(
                Check.MIXED_UNITS,
                comparison.whole(),
                ExprText.head(comparison.whole()) + " " + number + " compares " + actual + " with what looks like "
                        + meant,
                "the value is in " + actual + ", so the limit is " + number + " " + actual,
                comparison.operator().symbol() + " " + ExprText.number(threshold));
    }

    /** True if an annotation gives the same number with this unit behind it. */
    private boolean textSays(double threshold, String unit) {
        Pattern pattern = Pattern.compile(
                "(^|[^0-9.])" + Pattern.quote(ExprText.number(threshold)) + " ?(" + unit + ")([^A-Za-z0-9]|$)");
        return rule.rule() instanceof Rule.Alerting alerting
                && alerting.annotations().values().stream()
                        .anyMatch(text -> pattern.matcher(text.source()).find());
    }

    private boolean isSuspect(Comparison comparison) {
        double threshold = comparison.threshold();
        boolean quantile = comparison.value() instanceof Call call && call.function() == Function.HISTOGRAM_QUANTILE;
        boolean latency = quantile || comparison.value() instanceof Binary;
        return latency
                && threshold >= LEAST_SUSPECT_SECONDS
                && threshold % 60 != 0
                && Units.selectors(comparison.value()).stream()
                        .allMatch(selector -> threshold < facts.topBucket(selector.metric()));
    }

    private static boolean isFraction(double threshold) {
        return threshold > 0 && threshold < 1;
    }
}
