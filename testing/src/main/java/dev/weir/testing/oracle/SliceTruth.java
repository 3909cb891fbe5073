package dev.weir.testing.oracle;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What one series did in one window, in whole numbers of {@code 1 / }{@link IntegerTruth#PARTS} of its unit, so that sums are
 * compared exactly. Of single values it keeps none but those of a running total. Not thread-safe.
 */
final class SliceTruth {
    /** Sum of the increments, or number of events, of each outcome, in the order of this list. */
    static final List<Outcome> OUTCOMES = List.of(Outcome.SUCCESS, Outcome.ERROR, Outcome.HIT, Outcome.MISS);

    private static final int FEW = 8;

    private final MetricKind kind;
    private final @Nullable TickScale scale;
    private final @Nullable PackedHistogram histogram;
    private final long[] byOutcome = new long[OUTCOMES.size()];
    private long count;
    private long sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long lastMs = Long.MIN_VALUE;
    private long last;
    private long[] timesMs = {};
    private long[] totals = {};
    private int points;

    SliceTruth(MetricKind kind, @Nullable TickScale scale) {
        this.kind = kind;
        this.scale = scale;
        this.histogram = scale == null ? null : new PackedHistogram(1, scale.highest(), TickScale.DIGITS);
    }

    void add(long timeMs, long parts, @Nullable Outcome outcome) {
        double value = IntegerTruth.value(parts);
        count++;
        sum = Math.addExact(sum, parts);
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (scale != null && histogram != null) {
            histogram.recordValue(scale.ticks(value));
        }
        if (timeMs > lastMs || (timeMs == lastMs && parts > last)) {
            lastMs = timeMs;
            last = parts;
        }
        if (kind == MetricKind.CUMULATIVE) {
            addPoint(timeMs, parts);
        }
        if (outcome != null) {
            byOutcome[OUTCOMES.indexOf(outcome)] += kind == MetricKind.COUNT ? parts : 1;
        }
    }

    /** Adds the values of a service's own histogram, whose integers are ticks of this series' range. */
    void add(AbstractHistogram observed, long sumParts, @Nullable Outcome outcome) {
        if (scale == null || histogram == null) {
            throw new IllegalStateException("kind is " + kind + ", must be OBSERVATION for a histogram");
        }
        for (HistogramIterationValue bucket : observed.recordedValues()) {
            long lowest = observed.lowestEquivalentValue(bucket.getValueIteratedTo());
            long highest = observed.highestEquivalentValue(bucket.getValueIteratedTo());
            histogram.recordValueWithCount(lowest, bucket.getCountAtValueIteratedTo());
            min = Math.min(min, Math.max(lowest - 0.5, 0) / scale.ticksPerUnit());
            max = Math.max(max, (highest + 0.5) / scale.ticksPerUnit());
        }
        count += observed.getTotalCount();
        sum = Math.addExact(sum, sumParts);
        if (outcome != null) {
            byOutcome[OUTCOMES.indexOf(outcome)] += observed.getTotalCount();
        }
    }

    void addAll(SliceTruth other) {
        count += other.count;
        sum = Math.addExact(sum, other.sum);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        if (histogram != null) {
            histogram.add(other.histogram);
        }
        if (other.lastMs > lastMs || (other.lastMs == lastMs && other.last > last)) {
            lastMs = other.lastMs;
            last = other.last;
        }
        for (int i = 0; i < other.points; i++) {
            addPoint(other.timesMs[i], other.totals[i]);
        }
        for (int i = 0; i < byOutcome.length; i++) {
            byOutcome[i] += other.byOutcome[i];
        }
    }

    MetricKind kind() {
        return kind;
    }

    long count() {
        return count;
    }

    /** The sum of the values; of a running total, its increase from the first to the last sample. */
    long sum() {
        return kind == MetricKind.CUMULATIVE ? increase() : sum;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    /** The value with the greatest time, of several the greatest. */
    long last() {
        return last;
    }

    long outcome(Outcome outcome) {
        return byOutcome[OUTCOMES.indexOf(outcome)];
    }

    @Nullable
    PackedHistogram histogram() {
        return histogram;
    }

    @Nullable
    TickScale scale() {
        return scale;
    }

    /** True if both have taken in the same events, as far as a window can tell. */
    boolean same(SliceTruth other) {
        return count == other.count
                && sum == other.sum
                && min == other.min
                && max == other.max
                && lastMs == other.lastMs
                && last == other.last
                && Arrays.equals(byOutcome, other.byOutcome)
                && sum() == other.sum()
                && Objects.equals(histogram, other.histogram);
    }

    private void addPoint(long timeMs, long total) {
        if (points == timesMs.length) {
            int capacity = Math.max(FEW, points + points / 2);
            timesMs = Arrays.copyOf(timesMs, capacity);
            totals = Arrays.copyOf(totals, capacity);
        }
        timesMs[points] = timeMs;
        totals[points] = total;
        points++;
    }

    private long increase() {
        sortPoints();
        long increase = 0;
        for (int i = 1; i < points; i++) {
            long before = totals[i - 1];
            long now = totals[i];
            // Counter reset: the new value is the increase.
            increase = Math.addExact(increase, now < before ? now : now - before);
        }
        return increase;
    }

    /** By time, of one time by value; the second time there is nothing to do. */
    private void sortPoints() {
        List<Integer> byTime = IntStream.range(0, points)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> timesMs[i]).thenComparingLong(i -> totals[i]))
                .toList();
        timesMs = byTime.stream().mapToLong(i -> timesMs[i]).toArray();
        totals = byTime.stream().mapToLong(i -> totals[i]).toArray();
    }
}
