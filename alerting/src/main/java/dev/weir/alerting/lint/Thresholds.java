package dev.weir.alerting.lint;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.ExprText;
import dev.weir.alerting.promql.Function;
import java.util.regex.Pattern;

/** Thresholds on the far side of everything that a value can be. */
final class Thresholds {
    /** Metrics that are a share by their name; a compression ratio may well be 3. */
    private static final Pattern SHARE = Pattern.compile("(hit|miss|success|error|failure|availability)_(rate|ratio)$");

    private final LintedRule rule;
    private final MetricFacts facts;
    private final Units units;

    private Thresholds(LintedRule rule, MetricFacts facts) {
        this.rule = rule;
        this.facts = facts;
        units = new Units(facts);
    }

    static void check(LintedRule rule, MetricFacts facts) {
        Thresholds check = new Thresholds(rule, facts);
        for (Comparison comparison : Comparison.in(rule.expr())) {
            check.checkTopBucket(comparison);
            check.checkShare(comparison);
            check.checkPercentage(comparison);
        }
    }

    private void checkTopBucket(Comparison comparison) {
        if (!(comparison.value() instanceof Call call)
                || call.function() != Function.HISTOGRAM_QUANTILE
                || !comparison.isAbove()) {
            return;
        }
        Units.onlySelector(call).ifPresent(selector -> {
            double top = facts.topBucket(selector.metric());
            if (comparison.threshold() >= top) {
                String limit = ExprText.number(top);
                rule.report(
                        Check.BEYOND_TOP_BUCKET,
                        comparison.whole(),
                        "the threshold " + ExprText.number(comparison.threshold()) + " is not below " + limit
                                + ", where the histogram of " + MetricFacts.base(selector.metric()) + " ends",
                        "greater values are counted in its top bucket, so no quantile is ever above it",
                        "a threshold below " + limit + ", or a greater sketch.highest of the metric (metrics)");
            }
        });
    }

    private void checkShare(Comparison comparison) {
        boolean share = Shares.isShare(comparison.value())
                || Units.onlySelector(comparison.value())
                        .filter(selector -> units.of(comparison.value()) == Unit.RATIO
                                && SHARE.matcher(selector.metric()).find())
                        .isPresent();
        double threshold = comparison.threshold();
        boolean never = comparison.isAbove()
                && (threshold > 1 || (threshold == 1 && comparison.operator() == BinaryOperator.GREATER));
        boolean always = comparison.isBelow() && threshold > 1;
        if (share && (never || always)) {
            rule.report(
                    Check.OUT_OF_RANGE,
                    comparison.whole(),
                    "a share from 0 to 1 is compared with " + ExprText.number(threshold),
                    "so the condition " + (never ? "never" : "always") + " holds",
                    comparison.operator().symbol() + " " + ExprText.number(threshold > 1 ? threshold / 100 : 0.99));
        }
    }

    /** 0.9 % is no limit of anything that is used up; as a share it is. */
    private void checkPercentage(Comparison comparison) {
        double threshold = comparison.threshold();
        if (units.of(comparison.value()) == Unit.PERCENT && threshold > 0.5 && threshold < 1) {
            rule.report(
                    Check.OUT_OF_RANGE,
                    comparison.whole(),
                    "a percentage from 0 to 100 is compared with " + ExprText.number(threshold),
                    "which is less than one percent",
                    comparison.operator().symbol() + " " + ExprText.number(Math.round(threshold * 1e4) / 100.0));
        }
    }
}
