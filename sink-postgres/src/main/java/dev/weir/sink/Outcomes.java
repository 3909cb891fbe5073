package dev.weir.sink;

import org.jspecify.annotations.Nullable;

/**
 * How many ended in which way.
 *
 * @param errorRatio ERROR / (SUCCESS + ERROR); null without either
 * @param hitRatio HIT / (HIT + MISS); null without either
 */
record Outcomes(
        long successes,
        long errors,
        long hits,
        long misses,
        @Nullable Double errorRatio,
        @Nullable Double hitRatio) {
    static final Outcomes NONE = of(0, 0, 0, 0);

    static Outcomes of(long successes, long errors, long hits, long misses) {
        return new Outcomes(successes, errors, hits, misses, ratio(errors, successes), ratio(hits, misses));
    }

    /** @throws ArithmeticException if a count would exceed 2^63 - 1 */
    Outcomes plus(Outcomes other) {
        return of(
                Math.addExact(successes, other.successes),
                Math.addExact(errors, other.errors),
                Math.addExact(hits, other.hits),
                Math.addExact(misses, other.misses));
    }

    private static @Nullable Double ratio(long part, long rest) {
        double all = (double) part + rest;
        return all > 0 ? Double.valueOf(part / all) : null;
    }
}
