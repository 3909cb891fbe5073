package dev.weir.topology.aggregate;

import dev.weir.pane.Aggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The panes, or the windows of one size, that are still growing, in memory: start → series → aggregate. One thread. */
final class OpenSlices {
    /** The aggregates of one slice, each at the slot of its series. */
    private static final class Slice {
        private final List<SeriesState> series = new ArrayList<>();
        private @Nullable Aggregate[] bySlot = new @Nullable Aggregate[64];
    }

    private final TreeMap<Long, Slice> byStart = new TreeMap<>();
    private long lastStartMs;
    private @Nullable Slice last;

    /** The aggregate of a series in the slice at {@code startMs}; empty if it was not open. */
    Aggregate get(long startMs, SeriesState series) {
        Slice slice = sliceAt(startMs);
        int slot = series.slot();
        if (slot >= slice.bySlot.length) {
            slice.bySlot = Arrays.copyOf(slice.bySlot, Math.max(slot + 1, 2 * slice.bySlot.length));
        }
        Aggregate aggregate = slice.bySlot[slot];
        if (aggregate == null) {
            aggregate = series.newAggregate();
            slice.bySlot[slot] = aggregate;
            slice.series.add(series);
            series.opened();
        }
        return aggregate;
    }

    /** Start of the earliest slice; {@link Long#MAX_VALUE} if nothing is open. */
    long earliestMs() {
        return byStart.isEmpty() ? Long.MAX_VALUE : byStart.firstKey();
    }

    /** Takes out the earliest slice and shows its series in the order in which they came. */
    void closeEarliest(BiConsumer<SeriesState, Aggregate> closed) {
        Slice slice = byStart.pollFirstEntry().getValue();
        last = null;
        for (SeriesState series : slice.series) {
            Aggregate aggregate = slice.bySlot[series.slot()];
            if (aggregate != null) {
                closed.accept(series, aggregate);
            }
        }
    }

    /**
     * Shows the series of a slice from a place on, in the order in which they came, {@code most} at most.
     *
     * @return the place to go on from; at or past the number of its series, all have been shown
     */
    int show(long startMs, int from, int most, BiConsumer<SeriesState, Aggregate> viewer) {
        Slice slice = byStart.get(startMs);
        if (slice == null) {
            return Integer.MAX_VALUE;
        }
        int to = Math.min(slice.series.size(), from + most);
        for (SeriesState series : slice.series.subList(from, to)) {
            Aggregate aggregate = slice.bySlot[series.slot()];
            if (aggregate != null) {
                viewer.accept(series, aggregate);
            }
        }
        return to < slice.series.size() ? to : Integer.MAX_VALUE;
    }

    private Slice sliceAt(long startMs) {
        Slice found = last;
        if (found == null || startMs != lastStartMs) {
            found = byStart.computeIfAbsent(startMs, absent -> new Slice());
            last = found;
            lastStartMs = startMs;
        }
        return found;
    }
}
