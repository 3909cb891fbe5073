package dev.weir.sink;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * The partitions of the tables by time: made ahead of now, on demand for rows inside retention, and dropped when all of
 * their rows are older. The functions of the database do it, so the sink needs no right to make tables. Safe from any
 * thread, and from several sinks at once.
 */
final class Partitions {
    // A day is computed again from its hours and a week from its days, so the parts of what may still change stay: of
    // an hour at the limit those of its day, which began at most 25 hours before, and of its week.
    private static final Map<TimedRows, Duration> KEPT_LONGER =
            new EnumMap<>(Map.of(TimedRows.HOURLY, Duration.ofDays(2), TimedRows.DAILY, Duration.ofDays(8)));

    private static final Duration MAX_AHEAD = Duration.ofDays(7);

    private final Retention retention;
    private final InstantSource clock;
    private final Map<TimedRows, Set<Instant>> knownDays = new ConcurrentHashMap<>();

    Partitions(Retention retention, InstantSource clock) {
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Refuses a row that is too old to be kept, or so far in the future that its clock must be wrong.
     *
     * @param field what {@code time} is, for the message
     * @throws UnstorableException naming time, limit and setting
     */
    void requireRetained(TimedRows rows, String field, Instant time) {
        Instant now = clock.instant();
        Optional<Duration> kept = retention.of(rows);
        if (kept.isPresent() && time.isBefore(now.minus(kept.get()))) {
            throw new UnstorableException(field + " is " + time + ", must be >= " + now.minus(kept.get()) + " ("
                    + Retention.setting(rows) + " is " + Retention.text(kept.get()) + ")");
        }
        if (time.isAfter(now.plus(MAX_AHEAD))) {
            throw new UnstorableException(field + " is " + time + ", must be <= " + now.plus(MAX_AHEAD) + ", "
                    + Retention.text(MAX_AHEAD) + " after the sink's clock");
        }
    }

    /** Makes the partition for an instant, unless it is known to be there. In a transaction of its own, as it holds a lock. */
    void ensure(Handle handle, TimedRows rows, Instant time) {
        Set<Instant> known = knownDays.computeIfAbsent(rows, absent -> ConcurrentHashMap.newKeySet());
        Instant day = time.truncatedTo(ChronoUnit.DAYS);
        if (!known.contains(day)) {
            ensure(handle, rows, day, day);
            known.add(day);
        }
    }

    /** Looks again for every partition. */
    void forget() {
        knownDays.clear();
    }

    /** Makes the partitions from now on, as far ahead as {@link TimedRows#ahead}. Returns how many. */
    int makeAhead(Handle handle) {
        Instant now = clock.instant();
        int made = 0;
        for (TimedRows rows : TimedRows.values()) {
            made += ensure(handle, rows, now, now.plus(rows.ahead()));
        }
        return made;
    }

    /** Drops the partitions whose rows are all older than retention, those in use later. Returns how many. */
    int dropExpired(Handle handle) {
        int dropped = 0;
        for (TimedRows rows : TimedRows.values()) {
            Optional<Duration> kept = retention.of(rows);
            if (kept.isPresent()) {
                Duration longest = kept.get().plus(KEPT_LONGER.getOrDefault(rows, Duration.ZERO));
                dropped += handle.createQuery("SELECT monitoring.drop_expired_partitions(:rows, :before)")
                        .bind("rows", rows.text())
                        .bind("before", utc(clock.instant().minus(longest)))
                        .mapTo(Integer.class)
                        .one();
            }
        }
        if (dropped > 0) {
            forget();
        }
        return dropped;
    }

    private static int ensure(Handle handle, TimedRows rows, Instant since, Instant until) {
        return handle.createQuery("SELECT monitoring.ensure_partitions(:rows, :since, :until)")
                .bind("rows", rows.text())
                .bind("since", utc(since))
                .bind("until", utc(until))
                .mapTo(Integer.class)
                .one();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
