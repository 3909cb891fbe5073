package dev.weir.alerting.lint;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.ExprText;
import dev.weir.alerting.rulefile.Rule;

/** {@code 1 - hit_rate < 0.7}: holds while fewer than 70 % miss, so on a cache that works. */
final class InvertedRatio {
    private InvertedRatio() {}

    static void check(LintedRule rule, MetricFacts facts) {
        if (rule.rule() instanceof Rule.Alerting) {
            Units units = new Units(facts);
            for (Comparison comparison : Comparison.deciding(rule.expr())) {
                check(rule, units, comparison);
            }
        }
    }

    private static void check(LintedRule rule, Units units, Comparison comparison) {
        Unit unit = units.of(comparison.value());
        if (unit != Unit.RATIO && unit != Unit.PERCENT) {
            return;
        }
        Polarity polarity = Polarity.of(comparison.value());
        boolean inverted = (polarity == Polarity.GOOD && comparison.isAbove())
                || (polarity == Polarity.BAD && comparison.isBelow());
        if (inverted) {
            rule.report(
                    Check.INVERTED_RATIO,
                    comparison.whole(),
                    ExprText.of(comparison.whole()) + " holds while all is well",
                    "the value is a share of what goes " + (polarity == Polarity.GOOD ? "well" : "wrong")
                            + ", and the alert is raised while it is " + (comparison.isAbove() ? "high" : "low"),
                    instead(comparison));
        }
    }

    private static String instead(Comparison comparison) {
        String below = comparison.isBelow() ? ">" : "<";
        String turned = ExprText.of(comparison.value()) + " " + below + " …";
        Expr value = comparison.value();
        boolean complement =
                value instanceof Binary binary && Numbers.value(binary.left()).isPresent();
        return complement
                ? ExprText.of(((Binary) value).right())
                        + " " + comparison.operator().symbol() + " " + ExprText.number(comparison.threshold()) + ", or "
                        + turned
                : turned;
    }
}
