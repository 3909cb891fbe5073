package dev.weir.topology.ingest;

import dev.weir.rejected.RejectReason;
import dev.weir.topology.commit.CommitPace;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Event time of one input partition: the greatest event time less the lateness, and whether the partition is idle. Said at
 * the end of a commit, behind all that was sent before it, if it has moved, and once in every second of an idle partition:
 * with it the wall clock goes downstream, and a task there that has moved to another process hears of it again.
 *
 * <p>Only valid events keep a partition from being idle: one into which a broken producer writes nothing but rejects would
 * else hold all others back for ever.
 *
 * <p>The greatest event time is kept in a store, so that a restart does not forget it; it is written in the commit that says
 * it. So the clock is a function of the committed input alone. One thread.
 */
final class IngestClock {
    static final String STORE = "ingest-clock";
    static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String GREATEST = "greatest-event-time";
    private static final long NO_OFFSET = -1;
    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final int partition;
    private final IngestSettings settings;
    private final long latenessMs;
    private final long lateRetentionMs;
    private final KeyValueStore<String, Long> store;
    private final BiConsumer<Shuffled.Time, Instant> send;
    private long greatestMs;
    private long storedMs;
    private long lastProcessed = NO_OFFSET;
    private long wallMs;
    private long lastHeardMs;
    private boolean idle;
    private boolean unsaid = true;
    private Announcement rules = new Announcement(0, Announcement.ALWAYS);

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
        wallMs = settings.wallClock().millis();
        lastHeardMs = wallMs;
        latenessMs = settings.time().lateness().toMillis();
        lateRetentionMs = settings.time().lateRetention().toMillis();
        // What was delivered to an earlier task is committed, or is delivered again.
        settings.positions().restarted(partition);
    }

    /** Reads the wall clock: what follows happens now. */
    long now() {
        wallMs = settings.wallClock().millis();
        return wallMs;
    }

    /** When {@link #now} was last asked. */
    long wallMs() {
        return wallMs;
    }

    /** All records up to this offset have been processed, whatever became of them. */
    void processed(long offset) {
        lastProcessed = offset;
    }

    /** A valid event of this time has been read. */
    void event(long timestampMs) {
        lastHeardMs = wallMs;
        if (timestampMs > greatestMs) {
            greatestMs = timestampMs;
            unsaid = true;
        }
        if (idle) {
            idle = false;
            unsaid = true;
        }
    }

    /** True if a pane that ends then was behind the watermark when this was asked. */
    boolean isLate(long paneEndMs) {
        return paneEndMs <= watermarkMs();
    }

    /** True if {@link #checkNotTooLate} would fail. */
    boolean isTooLate(long timestampMs) {
        return greatestMs != Watermark.UNKNOWN && timestampMs < watermarkMs() - lateRetentionMs;
    }

    /** Refuses an event that is behind the watermark of its own partition by more than the late retention. */
    void checkNotTooLate(long timestampMs) throws InvalidEventException {
        if (isTooLate(timestampMs)) {
            throw new InvalidEventException(
                    RejectReason.LATE, Rejection.tooLate(timestampMs, watermarkMs(), lateRetentionMs));
        }
    }

    /** Whether the input is of the present: read to its end, or its events are hardly older than the wall clock. */
    boolean isPresent(long nowMs) {
        return CommitPace.isPresent(watermarkMs(), nowMs)
                || settings.positions().readToEnd(partition, lastProcessed);
    }

    /** Notes idleness, to be said with the next commit. Runs every {@link #INTERVAL} of wall-clock time. */
    void tick(long nowMs) {
        boolean nowIdle = nowMs - lastHeardMs >= settings.time().idle().toMillis()
                && settings.positions().readToEnd(partition, lastProcessed);
        unsaid |= nowIdle || idle;
        idle = nowIdle;
    }

    /** Sets what is said of rules. */
    void follows(Announcement announcement) {
        rules = announcement;
        unsaid = true;
    }

    /** The first whole minute behind all events so far. */
    long nextMinuteMs() {
        return greatestMs == Watermark.UNKNOWN
                ? Announcement.ALWAYS
                : (Math.floorDiv(greatestMs, MINUTE_MS) + 1) * MINUTE_MS;
    }

    /** Says how far time has come, if that is news; inside a transaction, behind all that has ended by then. */
    void emit() {
        if (greatestMs != storedMs) {
            store.put(GREATEST, greatestMs);
            storedMs = greatestMs;
        }
        if (unsaid) {
            say(Instant.ofEpochMilli(now()));
        }
    }

    private void say(Instant at) {
        send.accept(
                new Shuffled.Time(
                        new Watermark(partition, settings.partitions(), watermarkMs(), idle, at.toEpochMilli()), rules),
                at);
        unsaid = false;
    }

    /** What is behind it is late; {@link Watermark#UNKNOWN} before the first event. */
    long watermarkMs() {
        return greatestMs == Watermark.UNKNOWN ? Watermark.UNKNOWN : greatestMs - latenessMs;
    }
}
