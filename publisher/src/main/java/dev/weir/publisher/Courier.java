package dev.weir.publisher;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publisher's thread: collects and sends at each flush, and in between when the outbox fills up. */
final class Courier implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration RETRY = Duration.ofMillis(50);

    private final Sources sources;
    private final Outbox outbox;
    private final List<Dispatch> dispatches;
    private final Connection connection;
    private final Duration flushInterval;
    private final InstantSource clock;
    private volatile boolean closing;
    private volatile long deadlineNanos;

    /** Reads the sources into the outbox; what waits there and elsewhere leaves by the dispatches. */
    Courier(
            Sources sources,
            Outbox outbox,
            List<Dispatch> dispatches,
            Connection connection,
            Duration flushInterval,
            InstantSource clock) {
        this.sources = sources;
        this.outbox = outbox;
        this.dispatches = List.copyOf(dispatches);
        this.connection = connection;
        this.flushInterval = flushInterval;
        this.clock = clock;
    }

    /** Ends the thread after a last flush, which may take so long. */
    void close(Duration timeout) {
        deadlineNanos = System.nanoTime() + timeout.toNanos();
        closing = true;
    }

    @Override
    public void run() {
        long nextFlush = System.nanoTime() + flushInterval.toNanos();
        while (!closing) {
            long wait = nextFlush - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            }
            boolean due = nextFlush - System.nanoTime() <= 0;
            if (due) {
                nextFlush = System.nanoTime() + flushInterval.toNanos();
            }
            carry(due && !closing);
        }
        sources.collect(clock.millis(), outbox);
        while (!carry(false) && left().compareTo(RETRY) > 0) {
            LockSupport.parkNanos(this, RETRY.toNanos());
        }
        // A closer that has waited long enough interrupts; the producer shall still be closed.
        Thread.interrupted();
        closeConnection();
        sources.collectRest(clock.millis(), outbox);
        dispatches.forEach(Dispatch::dropRest);
    }

    private boolean carry(boolean collect) {
        try {
            if (collect) {
                sources.collect(clock.millis(), outbox);
            }
            boolean all = true;
            for (Dispatch dispatch : dispatches) {
                all &= dispatch.sendAll();
            }
            return all;
        } catch (RuntimeException e) {
            LOG.warn("Metrics could not be sent, the publisher goes on", e);
            return false;
        }
    }

    /** Closing throws if it is interrupted; what is left must be counted all the same. */
    private void closeConnection() {
        try {
            connection.close(left());
        } catch (RuntimeException e) {
            LOG.warn("The producer was not closed in time", e);
        }
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(deadlineNanos - System.nanoTime(), 0));
    }
}
