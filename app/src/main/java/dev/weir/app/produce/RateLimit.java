package dev.weir.app.produce;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pace of a producer: event n goes no sooner than n / rate after the first. Time lost is caught up, so that the rate holds on
 * average. One thread.
 */
public final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final @Nullable Double perSecond;
    private final LongSupplier nanoTime;
    private long first;
    private long passed;

    /**
     * @param perSecond null for no limit
     * @param nanoTime as {@link System#nanoTime()}
     */
    public RateLimit(@Nullable Double perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Returns when the next event may go; at once after an interrupt. */
    public void await() {
        for (long wait = nanosToNext(); wait > 0 && !Thread.currentThread().isInterrupted(); wait = nanosToNext()) {
            LockSupport.parkNanos(wait);
        }
        passed++;
    }

    long nanosToNext() {
        if (perSecond == null) {
            return 0;
        }
        if (passed == 0) {
            first = nanoTime.getAsLong();
            return 0;
        }
        return first + (long) (passed / perSecond * NANOS_PER_SECOND) - nanoTime.getAsLong();
    }
}
