package dev.weir.publisher;

import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * The observations between two flushes: their ticks, and the sum of the values as they were recorded, so that whole nanoseconds
 * stay exact.
 */
record Interval(AtomicHistogram ticks, DoubleAdder sum) {
    private static Interval empty(SketchRange range) {
        AtomicHistogram ticks = new AtomicHistogram(range.highestTicks(), range.digits());
        return new Interval(ticks, new DoubleAdder());
    }

    void record(long tick, double value) {
        ticks.recordValue(tick);
        sum.add(value);
    }

    long count() {
        return ticks.getTotalCount();
    }

    /** HdrHistogram V2 bytes, not compressed, with the value of a tick in the unit as conversion ratio. */
    byte[] encode(SketchRange range) {
        Sketch sketch = new Sketch(range);
        for (HistogramIterationValue bucket : ticks.recordedValues()) {
            sketch.recordTicks(bucket.getValueIteratedTo(), bucket.getCountAtValueIteratedTo());
        }
        return sketch.encode();
    }

    /** One empty interval of each range, so that a flush need not make one for each series. Of one thread. */
    static final class Spare {
        private final Map<SketchRange, Interval> byRange = new HashMap<>();

        Interval take(SketchRange range) {
            @Nullable Interval spare = byRange.remove(range);
            return spare == null ? empty(range) : spare;
        }

        void giveBack(SketchRange range, Interval interval) {
            interval.ticks().reset();
            interval.sum().reset();
            byRange.put(range, interval);
        }
    }
}
