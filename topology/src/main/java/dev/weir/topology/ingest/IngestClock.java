package dev.weir.topology.ingest;

import dev.weir.rejected.RejectReason;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Event time of one input partition: the greatest event time less the lateness, and whether the partition is idle. Said in
 * every second in which it moved, and in every one of an idle partition: with it the wall clock goes downstream, and a
 * task there that has moved to another process hears of it again.
 *
 * <p>Only valid events keep a partition from being idle: one into which a broken producer writes nothing but rejects would
 * else hold all others back for ever.
 *
 * <p>The greatest event time is kept in a store, so that a restart does not forget it. The store may be behind by what came
 * since the last tick: the next stage's clock never goes back, so that changes nothing. One thread.
 */
final class IngestClock {
    static final String STORE = "ingest-clock";
    static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String GREATEST = "greatest-event-time";
    private static final long NO_OFFSET = -1;

    private final int partition;
    private final IngestSettings settings;
    private final KeyValueStore<String, Long> store;
    private final BiConsumer<Shuffled.Time, Instant> send;
    private long greatestMs;
    private long storedMs;
    private long lastProcessed = NO_OFFSET;
    private long lastHeardMs;
    private boolean idle;
    private boolean unsaid = true;

    IngestClock(
            int partition,
            IngestSettings settings,
            KeyValueStore<String, Long> store,
            BiConsumer<Shuffled.Time, Instant> send) {
        this.partition = partition;
        this.settings = settings;
        this.store = store;
        this.send = send;
        Long stored = store.get(GREATEST);
        greatestMs = stored == null ? Watermark.UNKNOWN : stored;
        storedMs = greatestMs;
        lastHeardMs = settings.wallClock().instant().toEpochMilli();
        // What was delivered to an earlier task is committed, or is delivered again.
        settings.positions().restarted(partition);
    }

    /** A record has been processed, whatever became of it. */
    void processed(long offset) {
        lastProcessed = offset;
    }

    /** A valid event of this time is about to be sent. */
    void event(long timestampMs) {
        Instant now = settings.wallClock().instant();
        lastHeardMs = now.toEpochMilli();
        boolean first = greatestMs == Watermark.UNKNOWN || idle;
        if (timestampMs > greatestMs) {
            greatestMs = timestampMs;
            unsaid = true;
        }
        if (first) {
            // Hold the others back at once: they must not run ahead of what follows.
            idle = false;
            say(now);
        }
    }

    /** Refuses an event that is behind the watermark of its own partition by more than the late retention. */
    void checkNotTooLate(long timestampMs) throws InvalidEventException {
        if (greatestMs == Watermark.UNKNOWN) {
            return;
        }
        long watermarkMs = greatestMs - settings.time().lateness().toMillis();
        long lateRetentionMs = settings.time().lateRetention().toMillis();
        if (timestampMs < watermarkMs - lateRetentionMs) {
            throw new InvalidEventException(
                    RejectReason.LATE, Rejection.tooLate(timestampMs, watermarkMs, lateRetentionMs));
        }
    }

    /** Runs every {@link #INTERVAL} of wall-clock time. */
    void tick(long wallMs) {
        boolean nowIdle = wallMs - lastHeardMs >= settings.time().idle().toMillis()
                && settings.positions().readToEnd(partition, lastProcessed);
        if (nowIdle != idle) {
            idle = nowIdle;
            unsaid = true;
        }
        if (greatestMs != storedMs) {
            store.put(GREATEST, greatestMs);
            storedMs = greatestMs;
        }
        if (unsaid || idle) {
            say(Instant.ofEpochMilli(wallMs));
        }
    }

    private void say(Instant at) {
        unsaid = false;
        long watermarkMs = greatestMs == Watermark.UNKNOWN
                ? Watermark.UNKNOWN
                : greatestMs - settings.time().lateness().toMillis();
        send.accept(
                new Shuffled.Time(
                        new Watermark(partition, settings.partitions(), watermarkMs, idle, at.toEpochMilli())),
                at);
    }
}
