package dev.weir.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between tries: each is at least half and at most all of a step that doubles up to a limit, so that
 * sinks that lost the same server do not come back at the same instant. One thread.
 */
final class Backoff {
    private final Duration first;
    private final Duration limit;
    private final RandomGenerator random;
    private Duration step;

    Backoff(Duration first, Duration limit, RandomGenerator random) {
        this.first = first;
        this.limit = limit;
        this.random = random;
        step = first;
    }

    /** The pause before the next try. */
    Duration next() {
        long stepNanos = step.toNanos();
        Duration doubled = step.multipliedBy(2);
        step = doubled.compareTo(limit) > 0 ? limit : doubled;
        return Duration.ofNanos(stepNanos / 2 + random.nextLong(stepNanos / 2 + 1));
    }

    /** A try succeeded: the next failure begins with the first pause again. */
    void reset() {
        step = first;
    }
}
