package dev.weir.alerting.lint;

import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.ExprText;
import dev.weir.alerting.promql.Function;
import java.util.Optional;

/** {@code rate(x_seconds[5m])}: a duration or a share is measured, it does not add up; a fall would be taken for a reset. */
final class RateOfGauge {
    private RateOfGauge() {}

    static void check(LintedRule rule, MetricFacts facts) {
        rule.expr().forEach(part -> {
            if (part instanceof Call call
                    && (call.function() == Function.RATE || call.function() == Function.INCREASE)) {
                check(rule, facts, call);
            }
        });
    }

    private static void check(LintedRule rule, MetricFacts facts, Call call) {
        Optional<VectorSelector> selector =
                Units.onlySelector(call).filter(one -> !MetricFacts.isCounter(one.metric()));
        Unit unit = selector.map(one -> facts.unit(one.metric())).orElse(Unit.UNKNOWN);
        if (unit == Unit.UNKNOWN || unit == Unit.BYTES) {
            return;
        }
        String metric = selector.orElseThrow().metric();
        rule.report(
                Check.RATE_OF_GAUGE,
                call,
                ExprText.of(call) + " is the rate of something that is no counter",
                metric + " is a measured value or the bare name of a histogram, which has no samples of its own",
                unit.isTime()
                        ? "rate(" + metric + "_sum[5m]) / rate(" + metric + "_count[5m]) for the mean"
                        : "avg_over_time(" + metric + "[5m])");
    }
}
