package dev.weir.testing.workload;

import dev.weir.events.MetricEvent;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The events of many series in {@code [from, to)}, merged by event time; equal times by the order of the series. */
final class Timeline implements Iterator<MetricEvent> {
    /*
     * A binary heap of the next event of each series, in two parallel arrays: `timesMs` has the times, by which it is
     * ordered, and `heap` the numbers of the series. Times lie in heap order, not found through the number: with 100,000
     * series each step of a sift would else miss the cache. The root is replaced in place and sifted down, so an event costs
     * O(log series) comparisons of longs and no allocation besides itself.
     */
    private final SeriesGenerator[] series;
    private final long[] timesMs;
    private final long[] indexes;
    private final int[] heap;
    private int size;
    private final long toMs;
    private @Nullable MetricEvent next;

    Timeline(SeriesGenerator[] series, long fromMs, long toMs) {
        this.series = series;
        this.toMs = toMs;
        this.timesMs = new long[series.length];
        this.indexes = new long[series.length];
        this.heap = new int[series.length];
        for (int i = 0; i < series.length; i++) {
            indexes[i] = series[i].firstIndexAtOrAfter(fromMs);
            long timeMs = series[i].timeMs(indexes[i]);
            if (timeMs < toMs) {
                timesMs[size] = timeMs;
                heap[size++] = i;
            }
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
        next = advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public MetricEvent next() {
        MetricEvent event = next;
        if (event == null) {
            throw new NoSuchElementException("no event before " + toMs + " ms is left");
        }
        next = advance();
        return event;
    }

    private @Nullable MetricEvent advance() {
        while (size > 0) {
            int first = heap[0];
            MetricEvent event = series[first].event(indexes[first], timesMs[0]);
            timesMs[0] = series[first].timeMs(++indexes[first]);
            if (timesMs[0] >= toMs) {
                size--;
                heap[0] = heap[size];
                timesMs[0] = timesMs[size];
            }
            siftDown(0);
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    private void siftDown(int from) {
        int parent = from;
        int moving = heap[parent];
        long movingMs = timesMs[parent];
        for (int child = 2 * parent + 1; child < size; child = 2 * parent + 1) {
            if (child + 1 < size && before(timesMs[child + 1], heap[child + 1], timesMs[child], heap[child])) {
                child++;
            }
            if (!before(timesMs[child], heap[child], movingMs, moving)) {
                break;
            }
            heap[parent] = heap[child];
            timesMs[parent] = timesMs[child];
            parent = child;
        }
        heap[parent] = moving;
        timesMs[parent] = movingMs;
    }

    private static boolean before(long leftMs, int left, long rightMs, int right) {
        return leftMs != rightMs ? leftMs < rightMs : left < right;
    }
}
