package dev.weir.testing.flood;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a flood consists of. Two of equal plans are equal, byte by byte.
 *
 * @param seed of everything random
 * @param series how many series speak, one after the other
 * @param events how many events there are, without the copies of some
 * @param start event time of the first
 * @param end event time after the last
 * @param deduplicated whether the second of two events with one {@code event_id} must not count, of the metrics {@link
 *     #DEDUPLICATED}
 */
public record FloodPlan(long seed, int series, long events, Instant start, Instant end, boolean deduplicated) {
    /** The metrics whose events are de-duplicated if any are. */
    public static final Set<String> DEDUPLICATED = Set.of("flood_requests_total", "flood_lookup_duration_seconds");

    /** Greatest disorder of events on time: less than the stream's lateness of 2 s. */
    static final Duration DISORDER = Duration.ofMillis(1_900);
    /** Late events are behind by less than this. */
    static final Duration LATE = Duration.ofHours(2);
    /** Events that are too late are behind by more than this, twice the late retention of 24 h. */
    static final Duration TOO_LATE = Duration.ofDays(2);
    /** So far after the end are events of the future, whenever they are sent. */
    static final Duration FUTURE = Duration.ofDays(365);

    private static final Duration LONGEST = Duration.ofHours(12);

    public FloodPlan {
        if (series < FloodSeries.SHAPES) {
            throw new IllegalArgumentException(
                    "series is " + series + ", must be at least " + FloodSeries.SHAPES + ", one of each shape");
        }
        if (events < 1) {
            throw new IllegalArgumentException("events is " + events + ", must be >= 1");
        }
        Duration span = Duration.between(start, end);
        if (span.isNegative() || span.isZero() || span.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("end is " + span + " after start, must be > 0 and at most " + LONGEST
                    + ", that late events stay within the late retention of 24 h");
        }
    }

    boolean deduplicates(String metric) {
        return deduplicated && DEDUPLICATED.contains(metric);
    }

    /** Event time of event {@code number} of all, before disorder. */
    long timeMs(long number) {
        double share = (double) number / events;
        return start.toEpochMilli()
                + (long) (share * Duration.between(start, end).toMillis());
    }
}
