package dev.weir.alerting.group;

import dev.weir.alerting.eval.EvaluationException;

/**
 * A rule that could not be evaluated at a tick, and why. But for the two cases that {@link GroupEvaluator} names, its alerts and
 * recorded series are as the tick before left them.
 */
public record RuleFailure(KeyedRule rule, EvaluationException cause) {
    public String message() {
        return String.valueOf(cause.getMessage());
    }
}
