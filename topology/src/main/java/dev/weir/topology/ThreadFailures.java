package dev.weir.topology;

import dev.weir.serde.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens when a stream thread dies: another takes its place, unless that happens too often.
 *
 * <p>A registry that cannot be asked does not count: the stream waits for it however long it takes. Thread-safe.
 */
final class ThreadFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    static final int MOST_IN_PERIOD = 10;
    static final Duration PERIOD = Duration.ofMinutes(1);

    private final InstantSource wallClock;
    private final Deque<Instant> recent = new ArrayDeque<>();
    private String last = "no thread has failed";

    ThreadFailures(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        last = String.valueOf(failure);
        if (causedByRegistry(failure)) {
            LOG.warn("schema registry cannot be asked, the stream waits for it: {}", failure.getMessage());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        Instant now = wallClock.instant();
        recent.addLast(now);
        recent.removeIf(earlier -> earlier.isBefore(now.minus(PERIOD)));
        if (recent.size() > MOST_IN_PERIOD) {
            LOG.error("{} stream threads failed within {}, the stream ends", recent.size(), PERIOD, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.warn("stream thread failed and is replaced", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    synchronized String last() {
        return last;
    }

    private static boolean causedByRegistry(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException) {
                return true;
            }
        }
        return false;
    }
}
