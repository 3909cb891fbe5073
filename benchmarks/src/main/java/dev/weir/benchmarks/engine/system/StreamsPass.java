package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.measure.Mark;
import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import java.time.Duration;
import java.util.Map;

/**
 * Measures one pass of an application on Kafka Streams, from outside.
 *
 * <p>It begins when all its threads have fetched their first records, see {@link StartLine}, and ends with the last change of
 * what is committed: input offsets at the end of the topic, and outputs that have stood still for a while after that. One
 * thread.
 */
final class StreamsPass {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final Duration QUIET = Duration.ofMillis(2_500);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final long CALM_MS = 100;

    private final PassSettings settings;
    private final Meter meter;
    private final StartLine line;

    StreamsPass(PassSettings settings, Meter meter) {
        this.settings = settings;
        this.meter = meter;
        line = new StartLine(settings.topic());
    }

    /** What the configuration of the application must have. */
    Map<String, Object> configuration() {
        return line.configuration();
    }

    PassResult measure(StreamsUnderTest system, Committed committed) throws Exception {
        Mark start = awaitStart(system);
        Mark fetched = awaitConsumed(system);
        Mark end = awaitCommitted(system, committed, fetched);
        return PassResult.of(settings.events(), start, fetched, end, PassSettings.THREADS);
    }

    private Mark awaitStart(StreamsUnderTest system) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        Mark before = meter.mark();
        while (!line.await(LOOK)) {
            before = meter.mark();
            check(system, deadline, "started some threads of " + PassSettings.THREADS);
        }
        return before;
    }

    private Mark awaitConsumed(StreamsUnderTest system) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        ConsumedRecords consumed = new ConsumedRecords(system.streams(), settings.topic());
        while (consumed.total() < settings.records()) {
            check(system, deadline, "fetched " + consumed.total() + " of " + settings.records() + " records");
            Thread.sleep(CALM_MS / 4);
        }
        return meter.mark();
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
