package dev.weir.publisher;

import dev.weir.events.Outcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A timer: durations of one series, with or without outcome. Calls never wait and never throw; any thread may make them. */
public final class Latency {
    private final Recording nanoseconds;

    Latency(Recording nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    public void record(Duration duration) {
        record(duration, null);
    }

    public void record(Duration duration, @Nullable Outcome outcome) {
        nanoseconds.record(duration.getSeconds() * 1e9 + duration.getNano(), outcome, null);
    }

    /** Negative ones are dropped and counted. */
    public void record(long nanos, @Nullable Outcome outcome) {
        nanoseconds.record((double) nanos, outcome, null);
    }

    /**
     * Records a duration that is counted once, however often it is published, where Weir is told to de-duplicate the metric.
     *
     * @param eventId at most 64 characters; of no effect if the timer sends histograms
     */
    public void record(long nanos, @Nullable Outcome outcome, String eventId) {
        nanoseconds.record((double) nanos, outcome, eventId);
    }

    /** Does the work and records how long it took: SUCCESS if it returned, ERROR if it threw. */
    public <T extends @Nullable Object> T time(Callable<T> work) throws Exception {
        long start = System.nanoTime();
        Outcome outcome = Outcome.ERROR;
        try {
            T result = work.call();
            outcome = Outcome.SUCCESS;
            return result;
        } finally {
            record(System.nanoTime() - start, outcome);
        }
    }
}
