package dev.weir.alerting.lint;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.ExprText;
import dev.weir.alerting.promql.Function;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.alerting.promql.MatchOperator;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleFile;
import java.util.ArrayList;
import java.util.List;

/** {@code up == 0} without {@code absent(up)} in the same file: what does not report has no {@code up} that could be 0. */
final class UpWithoutAbsent {
    private UpWithoutAbsent() {}

    static void check(LintedRule rule, RuleFile file) {
        if (!(rule.rule() instanceof Rule.Alerting)) {
            return;
        }
        for (Comparison comparison : Comparison.in(rule.expr())) {
            if (comparison.value() instanceof VectorSelector up
                    && up.metric().equals("up")
                    && isDown(comparison)
                    && absences(file).stream().noneMatch(absent -> concerns(absent, up))) {
                rule.report(
                        Check.UP_WITHOUT_ABSENT,
                        comparison.whole(),
                        ExprText.of(comparison.whole()) + " is silent when nothing reports",
                        "a target that is gone has no up that could be 0",
                        "a second alert on absent(" + ExprText.of(up) + "), or … or absent(" + ExprText.of(up) + ")");
            }
        }
    }

    private static boolean isDown(Comparison comparison) {
        BinaryOperator operator = comparison.operator();
        return (operator == BinaryOperator.EQUAL && comparison.threshold() == 0)
                || (operator == BinaryOperator.NOT_EQUAL && comparison.threshold() == 1)
                || (comparison.isBelow() && comparison.threshold() <= 1);
    }

    private static List<VectorSelector> absences(RuleFile file) {
        List<VectorSelector> absences = new ArrayList<>();
        file.groups()
                .forEach(group -> group.rules()
                        .forEach(rule -> rule.expr().forEach(part -> {
                            if (isAbsence(part)) {
                                absences.addAll(Units.selectors(part));
                            }
                        })));
        return absences;
    }

    private static boolean isAbsence(Expr part) {
        return part instanceof Call call && call.function() == Function.ABSENT;
    }

    /** True if both select by the same labels, and each value that must not be absent is one of those that must not be 0. */
    private static boolean concerns(VectorSelector absent, VectorSelector up) {
        return absent.metric().equals("up")
                && up.matchers().stream()
                        .allMatch(matcher -> absent.matchers().contains(matcher)
                                || absent.matchers().stream().anyMatch(other -> isOneOf(other, matcher)));
    }

    private static boolean isOneOf(LabelMatcher value, LabelMatcher matcher) {
        return value.operator() == MatchOperator.EQUAL
                && value.label().equals(matcher.label())
                && matcher.matches(value.value());
    }
}
