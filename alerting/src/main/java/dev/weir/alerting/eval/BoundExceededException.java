package dev.weir.alerting.eval;

/** A rule came to more than it may; nothing is cut off, it fails. */
public final class BoundExceededException extends EvaluationException {
    private static final long serialVersionUID = 1;

    private final Bound bound;

    /** What there was too much of. */
    public enum Bound {
        /** Alerts of one rule, by the setting of the installation. */
        ALERTS,
        /** Characters of a label or annotation. */
        TEXT,
        /** Alerts or series of one rule, by the {@code limit} of its group. */
        GROUP_LIMIT
    }

    public BoundExceededException(Bound bound, String message) {
        super(message);
        this.bound = bound;
    }

    public Bound bound() {
        return bound;
    }
}
