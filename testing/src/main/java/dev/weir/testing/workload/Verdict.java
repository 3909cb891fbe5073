package dev.weir.testing.workload;

import dev.weir.events.Outcome;
import org.jspecify.annotations.Nullable;

/** Which outcome the events of one series carry: {@code other} with probability {@code otherShare}, else {@code usual}. */
public record Verdict(@Nullable Outcome usual, @Nullable Outcome other, double otherShare) {
    /** Events without an outcome. */
    public static final Verdict NONE = new Verdict(null, null, 0);

    public Verdict {
        Require.share("otherShare", otherShare);
    }

    /** {@code SUCCESS}, but {@code ERROR} with probability {@code share}. */
    public static Verdict errors(double share) {
        return new Verdict(Outcome.SUCCESS, Outcome.ERROR, share);
    }

    /** {@code HIT}, but {@code MISS} with probability {@code share}. */
    public static Verdict misses(double share) {
        return new Verdict(Outcome.HIT, Outcome.MISS, share);
    }

    /** The same outcome on each event. */
    public static Verdict always(Outcome outcome) {
        return new Verdict(outcome, outcome, 0);
    }

    @Nullable
    Outcome draw(long bits, double share) {
        return Randomness.unit(bits) < share ? other : usual;
    }
}
