package dev.weir.alerting.group;

import dev.weir.alerting.eval.EvaluationException;

/**
 * A rule came to samples of series that a rule before it has written at the same tick with other values. Those before stay; the
 * rest of what the rule came to is written. The message is Prometheus'.
 */
public final class DuplicateSampleException extends EvaluationException {
    private static final long serialVersionUID = 1;

    private final int dropped;

    DuplicateSampleException(int dropped) {
        super("duplicate sample for timestamp");
        this.dropped = dropped;
    }

    /** How many samples were dropped. */
    public int dropped() {
        return dropped;
    }
}
