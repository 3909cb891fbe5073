package dev.weir.testing.flood;

/** What is special about an event of a flood. */
enum Lane {
    ON_TIME,
    /** Behind the watermark, within the late retention: corrects windows. */
    LATE,
    /** Behind the late retention: rejected. */
    TOO_LATE,
    /** Ahead of the broker's time: rejected. */
    FUTURE,
    /** Breaks another rule: rejected. */
    INVALID,
    /** Sent twice, the same bytes: counts twice. */
    COPIED,
    /** Sent twice with one {@code event_id}: counts once where de-duplication is on. */
    IDENTIFIED;

    private static final int OF = 100_000;

    /** The first events of a series are on time, so that each partition has a clock. */
    static final int FIRST_ON_TIME = 8;

    static Lane of(FloodSeries series, long i) {
        if (i < FIRST_ON_TIME) {
            return ON_TIME;
        }
        long draw = (series.bits(i, 3) >>> 1) % OF;
        if (draw >= 900) {
            return ON_TIME;
        } else if (draw < 300) {
            return series.mayBeLate() ? LATE : ON_TIME;
        } else if (draw < 400) {
            return TOO_LATE;
        } else if (draw < 450) {
            return FUTURE;
        } else if (draw < 550) {
            return INVALID;
        }
        return draw < 750 ? COPIED : IDENTIFIED;
    }
}
