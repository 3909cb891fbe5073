package dev.weir.alerting.eval;

/**
 * When an expression is evaluated.
 *
 * @param lastMs the last instant whose samples are seen, ms since the epoch
 * @param nowMs what {@code time()} says, ms since the epoch
 */
public record EvaluationTime(long lastMs, long nowMs) {
    public EvaluationTime {
        if (lastMs > nowMs) {
            throw new IllegalArgumentException("last instant is " + lastMs + ", must be <= now, " + nowMs);
        }
    }

    /** At a tick of a stream, which sees everything before it and nothing at or after it. */
    public static EvaluationTime tick(long tickMs) {
        return new EvaluationTime(tickMs - 1, tickMs);
    }

    /** At an instant, whose own samples are seen, as Prometheus does it. */
    public static EvaluationTime instant(long ms) {
        return new EvaluationTime(ms, ms);
    }

    double nowSeconds() {
        return nowMs / 1000.0;
    }
}
