package dev.weir.publisher;

import dev.weir.events.HistogramEvent;
import dev.weir.publisher.Outgoing.Destination;
import dev.weir.publisher.Outgoing.Parcel;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.HdrHistogram.WriterReaderPhaser;

/**
 * Observations of one series with one outcome, counted in an HdrHistogram between flushes and sent as one
 * {@code HistogramEvent}: its percentiles are those of every single value. Any thread records, without a lock.
 *
 * <p>Takes 27 KB for a series in seconds, 45 KB for others, whatever it holds.
 */
final class Observations implements Source {
    /*
     * HdrHistogram's Recorder keeps counts alone; here the exact sum must belong to the same observations as the counts. So the
     * Recorder's own means is used around both: a writer enters the phaser, adds to what is active then, and leaves; the reader
     * puts an empty interval in its place and flips the phase, which returns when all writers of the old one have left.
     */
    private static final int OBJECT_BYTES = 256;

    private final Channel channel;
    private final SketchRange range;
    private final double valuesPerUnit;
    private final Tally tally;
    private final Interval.Spare spare;
    private final WriterReaderPhaser phaser = new WriterReaderPhaser();
    private volatile Interval active;

    /**
     * Nothing yet.
     *
     * @param valuesPerUnit what makes one unit of the series, such as 1e9 where nanoseconds of a series in seconds are recorded
     */
    Observations(Channel channel, double valuesPerUnit, Tally tally, Interval.Spare spare) {
        Series series = channel.series();
        this.channel = channel;
        this.range = SketchRange.of(series.metric(), series.unit());
        this.valuesPerUnit = valuesPerUnit;
        this.tally = tally;
        this.spare = spare;
        this.active = new Interval.Spare().take(range);
    }

    void record(double value) {
        if (tally.refusesRecording()) {
            return;
        }
        if (!(value >= 0) || Double.isInfinite(value)) {
            tally.drop(DropReason.INVALID_VALUE, 1);
            return;
        }
        long tick = range.ticks(value / valuesPerUnit);
        long entered = phaser.writerCriticalSectionEnter();
        try {
            active.record(tick, value);
        } finally {
            phaser.writerCriticalSectionExit(entered);
        }
    }

    @Override
    public void collect(long nowMs, Outbox out) {
        if (active.count() == 0) {
            return;
        }
        Interval full = exchange(spare.take(range));
        out.put(parcel(nowMs, full));
        spare.giveBack(range, full);
    }

    private Interval exchange(Interval empty) {
        phaser.readerLock();
        try {
            Interval full = active;
            active = empty;
            phaser.flipPhase();
            return full;
        } finally {
            phaser.readerUnlock();
        }
    }

    private Parcel parcel(long nowMs, Interval interval) {
        Series series = channel.series();
        byte[] encoded = interval.encode(range);
        HistogramEvent event = new HistogramEvent(
                Instant.ofEpochMilli(nowMs),
                series.service(),
                series.metric(),
                series.unit(),
                channel.outcome(),
                series.labels(),
                ByteBuffer.wrap(encoded),
                interval.sum().sum() / valuesPerUnit,
                null);
        return new Parcel(Destination.EVENTS, null, event, encoded.length + (long) OBJECT_BYTES, interval.count());
    }
}
