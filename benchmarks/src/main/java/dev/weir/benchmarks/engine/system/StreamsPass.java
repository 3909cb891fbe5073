package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.measure.Mark;
import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import java.time.Duration;

/**
 * Measures one pass of an application on Kafka Streams, from outside.
 *
 * <p>It begins when its consumers have fetched the first record and ends with the last change of what is committed: input
 * offsets at the end of the topic, and outputs that have stood still for a while after that. One thread.
 */
final class StreamsPass {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final Duration QUIET = Duration.ofMillis(2_500);
    private static final long EAGER_MS = 5;
    private static final long CALM_MS = 100;

    private final PassSettings settings;
    private final Meter meter;

    StreamsPass(PassSettings settings, Meter meter) {
        this.settings = settings;
        this.meter = meter;
    }

    PassResult measure(StreamsUnderTest system, Committed committed) throws Exception {
        ConsumedRecords consumed = new ConsumedRecords(system.streams(), settings.topic());
        Mark start = awaitConsumed(system, consumed, 1, START_TIMEOUT, EAGER_MS).before;
        Mark fetched = awaitConsumed(system, consumed, settings.records(), TIMEOUT, CALM_MS / 4).after;
        Mark end = awaitCommitted(system, committed, fetched);
        return PassResult.of(settings.events(), start, fetched, end, PassSettings.THREADS);
    }

    private record Bracket(Mark before, Mark after) {}

    private Bracket awaitConsumed(
            StreamsUnderTest system, ConsumedRecords consumed, long records, Duration timeout, long pauseMs)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Mark before = meter.mark();
        while (true) {
            boolean reached = consumed.total() >= records;
            Mark now = meter.mark();
            if (reached) {
                return new Bracket(before, now);
            }
            before = now;
            check(system, deadline, "fetched " + consumed.total() + " of " + records + " records");
            Thread.sleep(pauseMs);
        }
    }

    private Mark awaitCommitted(StreamsUnderTest system, Committed committed, Mark fetched) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Mark changed = fetched;
        Committed.State state = committed.read();
        long changedAt = System.nanoTime();
        while (true) {
            Thread.sleep(CALM_MS);
            Committed.State now = committed.read();
            Mark mark = meter.mark();
            if (!now.equals(state)) {
                state = now;
                changed = mark;
                changedAt = System.nanoTime();
            } else if (state.complete() && System.nanoTime() - changedAt > QUIET.toNanos()) {
                return changed;
            }
            check(system, deadline, "committed " + state);
        }
    }

    private static void check(StreamsUnderTest system, long deadline, String seen) {
        if (!system.failure().isEmpty()) {
            throw new IllegalStateException("stream has ended: " + system.failure());
        }
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("pass was not ended in time: " + seen);
        }
    }
}
