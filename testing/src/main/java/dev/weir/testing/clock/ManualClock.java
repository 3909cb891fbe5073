package dev.weir.testing.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that a test sets and advances. Safe to read and move from several threads. */
public final class ManualClock implements InstantSource {
    private volatile Instant now;

    public ManualClock(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves to an instant, which may lie before the present one: wall clocks do jump back. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    /**
     * Moves forward and returns the new instant.
     *
     * @throws IllegalArgumentException if the step is negative
     */
    public synchronized Instant advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("step is " + step + ", must be >= 0 (clock)");
        }
        Instant next = now.plus(step);
        now = next;
        return next;
    }
}
