package dev.weir.topology.ingest;

import dev.weir.pane.Aggregate;
import dev.weir.pane.Observations;
import dev.weir.sketch.BucketTally;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The open partials of an ingest task: one aggregate for each series and pane, or minute, that had events since the last
 * emission. They are never stored: they are emitted in the transaction that commits the events in them, or dropped with it.
 *
 * <p>Bound: at so many open ones all are emitted before the next is opened. Not thread-safe.
 */
final class Partials {
    /*
     * A partial is found through its series: nearly always it is the first of the few that a series has open. It is emitted
     * through its slice (pane or minute), which has a list for each target partition, so that emission walks lists and sorts
     * nothing. Slices go out in the order of time.
     */
    private static final class Slice {
        private final long startMs;
        private final boolean windowsOnly;
        /** When it leaves, at the latest with the commit. One that was over when it was opened waits for that: late events. */
        private final long endMs;

        private final @Nullable Partial[] firstByPartition;
        private int open;

        private Slice(SliceId id, long paneMs, long watermarkMs, int partitions) {
            startMs = id.startMs();
            windowsOnly = id.windowsOnly();
            long overMs = startMs + (windowsOnly ? MINUTE_MS : paneMs);
            endMs = overMs <= watermarkMs ? Long.MAX_VALUE : overMs;
            firstByPartition = new @Nullable Partial[partitions];
        }
    }

    private record SliceId(long startMs, boolean windowsOnly) implements Comparable<SliceId> {
        @Override
        public int compareTo(SliceId other) {
            int byTime = Long.compare(startMs, other.startMs);
            return byTime != 0 ? byTime : Boolean.compare(windowsOnly, other.windowsOnly);
        }
    }

    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
    /** So many that have ended leave before the commit: less is not worth a pack. */
    static final int MANY_ENDED = 500;
    /** So many series have their latest observations apart. With more of them it is rare that one has many. */
    static final int MOST_OBSERVATIONS = 1_024;

    private final int partitions;
    private final int most;
    private final long paneMs;
    private final DeltaSender sender;
    private final DeltaPack.Writer writer = new DeltaPack.Writer();
    private final Map<SliceId, Slice> slices = new TreeMap<>();
    private final BucketTally tally = new BucketTally();
    private int observed;
    private @Nullable Slice lastSlice;
    private int open;
    private long watermarkMs = Watermark.UNKNOWN;

    /** @param most bound on those that are open */
    Partials(int partitions, int most, Duration pane, DeltaSender sender) {
        this.partitions = partitions;
        this.most = most;
        this.paneMs = pane.toMillis();
        this.sender = sender;
    }

    /** What the series has done in the pane, or for {@code windowsOnly} in the minute; the caller adds an event before it asks again. */
    Aggregate of(IngestSeries series, long startMs, boolean windowsOnly, long nowMs) {
        Aggregate first = series.openAggregate;
        if (first != null && series.openStartMs == startMs && series.openWindowsOnly == windowsOnly) {
            return first;
        }
        return further(series, startMs, windowsOnly, nowMs);
    }

    private Aggregate further(IngestSeries series, long startMs, boolean windowsOnly, long nowMs) {
        Partial before = series.open;
        for (Partial one = before; one != null; before = one, one = one.nextOfSeries) {
            if (before != null && one.startMs == startMs && one.windowsOnly == windowsOnly) {
                before.nextOfSeries = one.nextOfSeries;
                one.nextOfSeries = series.open;
                series.open(one);
                return one.aggregate;
            }
        }
        if (open >= most) {
            emit();
        }
        return open(series, startMs, windowsOnly, nowMs).aggregate;
    }

    private Partial open(IngestSeries series, long startMs, boolean windowsOnly, long nowMs) {
        Slice slice = slice(startMs, windowsOnly);
        Partial opened = new Partial(series, startMs, windowsOnly);
        opened.nextOfSeries = series.open;
        series.open(opened);
        opened.nextOfPack = slice.firstByPartition[series.partition()];
        slice.firstByPartition[series.partition()] = opened;
        series.seen(nowMs);
        slice.open++;
        open++;
        if (series.recent == null && series.isObserved() && observed < MOST_OBSERVATIONS) {
            series.recent = new Observations(tally);
            observed++;
        }
        return opened;
    }

    private Slice slice(long startMs, boolean windowsOnly) {
        Slice slice = lastSlice;
        if (slice == null || slice.startMs != startMs || slice.windowsOnly != windowsOnly) {
            slice = slices.computeIfAbsent(
                    new SliceId(startMs, windowsOnly), id -> new Slice(id, paneMs, watermarkMs, partitions));
            lastSlice = slice;
        }
        return slice;
    }

    /** How many are open. */
    int open() {
        return open;
    }

    /** Sends all that is open and drops it. If the sender fails, what has not been sent stays open. */
    void emit() {
        slices.values().forEach(this::emit);
        slices.clear();
        lastSlice = null;
    }

    /**
     * Sends and drops what has ended at the watermark since it was opened, if that is much: in a backlog many minutes end
     * between two commits.
     *
     * @return false if all of it waits for the commit
     */
    boolean emitEnded(long newWatermarkMs) {
        watermarkMs = newWatermarkMs;
        int ended = 0;
        for (Slice slice : slices.values()) {
            ended += slice.endMs <= watermarkMs ? slice.open : 0;
        }
        if (ended < MANY_ENDED) {
            return false;
        }
        slices.values().stream().filter(slice -> slice.endMs <= watermarkMs).forEach(this::emit);
        slices.values().removeIf(slice -> slice.open == 0);
        lastSlice = null;
        return true;
    }

    private void emit(Slice slice) {
        for (int partition = 0; partition < partitions; partition++) {
            while (slice.firstByPartition[partition] != null) {
                slice.firstByPartition[partition] = emit(slice, partition);
            }
        }
    }

    /** Sends one pack and returns the first partial behind it. */
    private @Nullable Partial emit(Slice slice, int partition) {
        writer.begin(slice.startMs, slice.windowsOnly);
        Partial next = slice.firstByPartition[partition];
        while (next != null && !writer.isFull()) {
            next.series.addRecent();
            writer.add(next.series.bytes(), next.aggregate);
            next = next.nextOfPack;
        }
        sender.send(partition, writer.toByteArray());
        for (Partial sent = slice.firstByPartition[partition]; sent != next && sent != null; sent = sent.nextOfPack) {
            close(sent, slice);
        }
        return next;
    }

    private void close(Partial sent, Slice slice) {
        IngestSeries series = sent.series;
        series.close(sent);
        slice.open--;
        open--;
        if (series.open == null && series.recent != null) {
            series.recent = null;
            observed--;
        }
    }
}
