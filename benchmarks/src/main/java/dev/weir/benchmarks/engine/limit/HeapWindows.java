package dev.weir.benchmarks.engine.limit;

import dev.weir.pane.Aggregate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The open windows of one minute, each an aggregate a series. One thread. */
final class HeapWindows {
    /** Takes a window that event time has closed. */
    interface Publisher {
        void publish(long startMs, int series, Aggregate window);
    }

    private static final int INITIAL_CAPACITY = 1 << 10;

    private final SeriesIndex index;
    private final long lengthMs;
    private final Deque<Open> open = new ArrayDeque<>();
    private Open latest;

    HeapWindows(SeriesIndex index, long lengthMs) {
        this.index = index;
        this.lengthMs = lengthMs;
        latest = new Open(Long.MIN_VALUE);
    }

    void record(int series, EventBytes event) {
        long timeMs = event.timestampMs();
        Open window = latest;
        if (timeMs < window.startMs || timeMs >= window.startMs + lengthMs) {
            window = find(timeMs);
            latest = window;
        }
        window.of(series).record(timeMs, event.value(), event.outcome());
    }

    void close(long watermarkMs, Publisher publisher) {
        for (Iterator<Open> each = open.iterator(); each.hasNext(); ) {
            Open window = each.next();
            if (window.startMs + lengthMs <= watermarkMs) {
                window.publish(publisher);
                each.remove();
            }
        }
    }

    private Open find(long timeMs) {
        long startMs = timeMs - Math.floorMod(timeMs, lengthMs);
        for (Open window : open) {
            if (window.startMs == startMs) {
                return window;
            }
        }
        Open window = new Open(startMs);
        open.add(window);
        return window;
    }

    private final class Open {
        private final long startMs;
        private @Nullable Aggregate[] bySeries = new @Nullable Aggregate[INITIAL_CAPACITY];

        Open(long startMs) {
            this.startMs = startMs;
        }

        Aggregate of(int series) {
            if (series >= bySeries.length) {
                bySeries = Arrays.copyOf(bySeries, Math.max(2 * bySeries.length, series + 1));
            }
            Aggregate aggregate = bySeries[series];
            if (aggregate == null) {
                aggregate = new Aggregate(index.series(series).kind(), index.range(series));
                bySeries[series] = aggregate;
            }
            return aggregate;
        }

        void publish(Publisher publisher) {
            for (int i = 0; i < bySeries.length; i++) {
                Aggregate aggregate = bySeries[i];
                if (aggregate != null) {
                    publisher.publish(startMs, i, aggregate);
                }
            }
        }
    }
}
