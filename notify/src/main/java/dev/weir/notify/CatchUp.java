package dev.weir.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the stream has come up to the present: its event time is near the wall clock, or has not moved for so long that
 * nothing more of the past will come. Asked often, it looks every few seconds. One thread.
 */
final class CatchUp {
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** Event time that moves makes a new window each minute at least; standing still for two is silence. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private final Supplier<Optional<Instant>> eventTime;
    private final Duration maxDelay;
    private @Nullable Instant lookedAt;
    private Instant movedAt = Instant.MIN;
    private Optional<Instant> last = Optional.empty();
    private boolean current;

    CatchUp(Supplier<Optional<Instant>> eventTime, Duration maxDelay) {
        this.eventTime = eventTime;
        this.maxDelay = maxDelay;
    }

    boolean isCurrent(Instant now) {
        if (lookedAt != null && now.isBefore(lookedAt.plus(BETWEEN_LOOKS))) {
            return current;
        }
        boolean watching = lookedAt != null && now.isBefore(lookedAt.plus(SILENCE));
        lookedAt = now;
        Optional<Instant> newest = eventTime.get();
        if (!watching || !newest.equals(last)) {
            movedAt = now;
        }
        last = newest;
        current = newest.filter(end -> end.plus(maxDelay).isAfter(now)).isPresent()
                || !movedAt.plus(SILENCE).isAfter(now);
        return current;
    }
}
