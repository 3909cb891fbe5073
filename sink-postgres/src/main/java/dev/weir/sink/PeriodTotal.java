package dev.weir.sink;

import dev.weir.events.MetricKind;
import dev.weir.sketch.Sketch;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The day or week that hours or days add up to. Counts, sums and histograms of one range are exact, so COUNT and
 * OBSERVATION take their parts in any order; GAUGE and CUMULATIVE take them by time.
 *
 * <p>CUMULATIVE: the sum is the increase inside the parts and that from the last value of one to the first of the next; a
 * smaller value is a counter reset, which counts from zero. Parts that do not say their first value add nothing between.
 */
final class PeriodTotal {
    private final RowKey key;
    private long count;
    private @Nullable Double min;
    private @Nullable Double max;
    private BigDecimal exactSum = BigDecimal.ZERO;
    private @Nullable Double first;
    private @Nullable Double last;
    private Outcomes outcomes = Outcomes.NONE;
    private @Nullable Sketch sketch;
    private long revision = -1;
    private long coveredUntilMs = Long.MIN_VALUE;

    PeriodTotal(RowKey key) {
        this.key = key;
    }

    /** Whether a part may be added to a row without its other parts at hand. */
    static boolean appends(AggregateRow whole, AggregateRow part) {
        return switch (whole.key().kind()) {
            case COUNT, OBSERVATION -> true;
            case GAUGE, CUMULATIVE -> part.key().startMs() >= whole.coveredUntilMs();
        };
    }

    /**
     * Adds an hour, a day, or what this very row was so far.
     *
     * @throws ArithmeticException if a count would exceed 2^63 - 1
     */
    void add(AggregateRow part) {
        count = Math.addExact(count, part.count());
        exactSum = exactSum.add(part.exactSum()).add(increaseUpTo(part));
        min = lesser(min, part.min());
        max = greater(max, part.max());
        first = first == null ? part.first() : first;
        last = part.last() == null ? last : part.last();
        outcomes = outcomes.plus(part.outcomes());
        addSketch(part.sketch());
        revision = Math.addExact(revision, Math.addExact(part.revision(), 1));
        coveredUntilMs = Math.max(coveredUntilMs, part.coveredUntilMs());
    }

    long revision() {
        return revision;
    }

    AggregateRow row(boolean over) {
        return new AggregateRow(
                key,
                count,
                min,
                max,
                sum(),
                exactSum,
                first,
                last,
                outcomes,
                sketch == null ? Percentiles.NONE : Percentiles.of(sketch),
                sketch == null ? null : ByteBuffer.wrap(sketch.encode()),
                over,
                revision,
                coveredUntilMs);
    }

    private BigDecimal increaseUpTo(AggregateRow part) {
        Double before = last;
        Double next = part.first();
        if (key.kind() != MetricKind.CUMULATIVE || before == null || next == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal value = new BigDecimal(next);
        return next >= before ? value.subtract(new BigDecimal(before)) : value;
    }

    private void addSketch(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return;
        }
        Sketch other = Sketch.decode(bytes.duplicate());
        if (sketch == null) {
            sketch = other;
        } else {
            sketch.merge(other);
        }
    }

    // Of a gauge's values that are not finite, the extremes know.
    private double sum() {
        if (min == null || max == null || (Double.isFinite(min) && Double.isFinite(max))) {
            return exactSum.doubleValue();
        }
        return Double.isFinite(min) ? max : Double.isFinite(max) ? min : min + max;
    }

    private static @Nullable Double lesser(@Nullable Double a, @Nullable Double b) {
        return a == null ? b : b == null ? a : Double.valueOf(Math.min(a, b));
    }

    private static @Nullable Double greater(@Nullable Double a, @Nullable Double b) {
        return a == null ? b : b == null ? a : Double.valueOf(Math.max(a, b));
    }
}
