package dev.weir.sketch;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.nio.ByteBuffer;

/**
 * A mergeable histogram of values, sparse in memory and bucket for bucket equal to HdrHistogram.
 *
 * <p>Values are in the unit of the metric and at least 0; those outside the range are clamped to its lowest or highest tick,
 * and counted as such. Merging sketches of one range is exact, associative and commutative. Not thread-safe: one owner, one
 * thread.
 *
 * <p>Recording and merging allocate only when an array has to grow, so not at all once a sketch, or one that was {@link
 * #reset}, has seen what it usually sees.
 *
 * @see SketchRange
 */
public final class Sketch extends BucketCounts {
    /*
     * Error bound. The exact nearest-rank value and the reported one lie in one bucket, so they differ by at most 0.79 % at 2
     * digits (BucketLayout), plus half a tick because values are first rounded to whole ticks. The bounds of a bucket include
     * the half tick: the smallest value counted in it, and the smallest counted above it.
     *
     * Invariant. total is the sum of counts and never overflows, so no single count can.
     */
    private final SketchRange range;
    private long total;
    private long clamped;

    public Sketch(SketchRange range) {
        super(BucketLayout.of(range));
        this.range = range;
    }

    /**
     * Reads HdrHistogram V2 bytes, uncompressed, and moves the buffer behind them.
     *
     * @throws IllegalArgumentException if the bytes are anything else, or their lowest discernible value is not 1
     */
    public static Sketch decode(ByteBuffer bytes) {
        return SketchCodec.decode(bytes);
    }

    public SketchRange range() {
        return range;
    }

    /**
     * Counts one value.
     *
     * @throws IllegalArgumentException if the value is negative or not a number
     * @throws ArithmeticException if the count would exceed 2^63 - 1
     */
    public void record(double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("value is " + value + ", must be >= 0 (sketch)");
        }
        long ticks = SketchRange.rounded(value * range.ticksPerUnit());
        total = Math.addExact(total, 1);
        if (ticks > range.highestTicks()) {
            clamped++;
            ticks = range.highestTicks();
        } else if (ticks == 0 && value > 0) {
            clamped++;
        }
        increment(layout.index(ticks));
    }

    /**
     * Counts the first {@code size} values, as if each was recorded.
     *
     * @throws IllegalArgumentException if one of them is negative or not finite; nothing has been counted then
     * @throws ArithmeticException if the count would exceed 2^63 - 1; nothing has been counted then
     */
    public void record(double[] values, int size, BucketTally tally) {
        for (int i = 0; i < size; i++) {
            if (!(values[i] >= 0 && values[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("value is " + values[i] + ", must be finite and >= 0 (sketch)");
            }
        }
        long sum = Math.addExact(total, size);
        if (!tally.begin(layout.length())) {
            for (int i = 0; i < size; i++) {
                record(values[i]);
            }
            return;
        }
        double ticksPerUnit = range.ticksPerUnit();
        long highest = range.highestTicks();
        for (int i = 0; i < size; i++) {
            long ticks = SketchRange.rounded(values[i] * ticksPerUnit);
            clamped += ticks > highest || (ticks == 0 && values[i] > 0) ? 1 : 0;
            tally.add(layout.index(Math.min(ticks, highest)));
        }
        tally.moveTo(this, sum);
        total = sum;
    }

    /**
     * Counts a value, given in ticks, several times.
     *
     * @throws IllegalArgumentException if ticks or count are negative
     * @throws ArithmeticException if the count would exceed 2^63 - 1
     */
    public void recordTicks(long ticks, long count) {
        if (ticks < 0) {
            throw new IllegalArgumentException("ticks is " + ticks + ", must be >= 0 (sketch)");
        }
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", must be >= 0 (sketch)");
        }
        if (count > 0) {
            total = Math.addExact(total, count);
            clamped += ticks > range.highestTicks() ? count : 0;
            add(0, layout.index(Math.min(ticks, range.highestTicks())), count);
        }
    }

    /**
     * Adds every count of another sketch of the same unit, which stays as it is.
     *
     * <p>If the ranges differ, each count of the other lands in the bucket of the middle of its bucket, which may be off by half
     * the width of the latter: quantiles then differ from the exact ones by at most the errors of both ranges (0.4 % and 0.79 %
     * at 2 digits), and half a tick of each; and the order of merging matters, as the range of the first remains.
     *
     * @throws ArithmeticException if the count would exceed 2^63 - 1; nothing has been added then
     */
    public void merge(Sketch other) {
        long sum = Math.addExact(total, other.total);
        if (range.equals(other.range)) {
            addAll(other == this ? other.copy() : other, sum);
            total = sum;
            clamped += other.clamped;
        } else {
            other.forEachBucket(this::recordMiddle);
            clamped += other.clampedOnlyIn(this);
        }
    }

    /** The value that stands for all of a bucket. */
    public static double middle(double low, double high) {
        return low + (high - low) / 2;
    }

    public long count() {
        return total;
    }

    /**
     * How many of the values were outside the range: above its highest tick, or above 0 but nearer to 0 than to the first tick.
     * HdrHistogram's bytes cannot carry it.
     */
    public long clamped() {
        return clamped;
    }

    /** See {@link dev.weir.pane.Aggregate#glance}. */
    public long glance() {
        return total + countsGlance();
    }

    public boolean isEmpty() {
        return total == 0;
    }

    /**
     * Empty again. Keeps the arrays, so that filling it again the same way allocates nothing; but halves one of more than 64
     * slots of which less than a quarter was in use, and drops one of long counts that was not needed since the last reset.
     */
    public void reset() {
        clear();
        total = 0;
        clamped = 0;
    }

    /**
     * The quantile by nearest rank.
     *
     * @throws IllegalArgumentException if q is not 0 to 1
     * @throws IllegalStateException if the sketch is empty
     */
    public Quantile quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("q is " + q + ", must be 0 to 1 (quantile)");
        }
        if (isEmpty()) {
            throw new IllegalStateException("count is 0, must be > 0 for a quantile");
        }
        int index = indexAt(slotOfRank(rank(q)));
        long ticks = q == 0 ? layout.lowest(index) : layout.highest(index);
        double high = index == layout.index(range.highestTicks()) ? Double.POSITIVE_INFINITY : high(index);
        return new Quantile(q, range.units(ticks), low(index), high);
    }

    /** HdrHistogram V2 bytes, uncompressed; the conversion ratio is the value of one tick. */
    public byte[] encode() {
        ByteOutput out = new ByteOutput(SketchCodec.HEADER_BYTES + 2 * occupied() + 16);
        encode(out);
        return out.toByteArray();
    }

    /** Appends HdrHistogram V2 bytes, as {@link #encode()} makes them. */
    public void encode(ByteOutput out) {
        SketchCodec.encode(range, this, out);
    }

    /** Appends the bytes that {@link #mergeFrom} reads: shorter than V2, without the range, with the clamped. */
    public void writeTo(ByteOutput out) {
        out.putVarLong(total);
        if (total > 0) {
            out.putVarLong(clamped);
            CompactCodec.write(this, out);
        }
    }

    /**
     * Adds a sketch from the bytes that {@link #writeTo} wrote, as {@link #merge} does.
     *
     * @param written its range
     * @return its count
     * @throws IllegalArgumentException if the bytes are not of that form; what precedes the fault may have been added
     * @throws ArithmeticException if the count would exceed 2^63 - 1; nothing has been added then
     */
    public long mergeFrom(ByteInput in, SketchRange written) {
        if (!range.equals(written)) {
            Sketch other = new Sketch(written);
            other.mergeFrom(in, written);
            merge(other);
            return other.total;
        }
        long count = in.getVarLong();
        if (count == 0) {
            return 0;
        }
        long outside = in.getVarLong();
        if (count < 0 || outside < 0 || outside > count) {
            throw new IllegalArgumentException(
                    "count is " + count + " with " + outside + " clamped, must be 1 to 2^63 - 1 with 0 to the count");
        }
        long before = total;
        total = Math.addExact(total, count);
        boolean whole = false;
        try {
            CompactCodec.merge(in, this, count, layout.length());
            whole = true;
        } finally {
            total = whole ? total : countOfAll();
        }
        clamped += outside;
        return total - before;
    }

    public Sketch copy() {
        Sketch copy = new Sketch(range);
        copy.copyFrom(this);
        copy.total = total;
        copy.clamped = clamped;
        return copy;
    }

    /** Shows every non-empty bucket, lowest first. */
    public void forEachBucket(BucketVisitor visitor) {
        int slots = slots();
        for (int slot = 0; slot < slots; slot++) {
            long count = countAt(slot);
            if (count != 0) {
                int index = indexAt(slot);
                visitor.bucket(low(index), high(index), count);
            }
        }
    }

    @Override
    public String toString() {
        return "Sketch[count=" + total + ", buckets=" + occupied() + ", range=" + range + "]";
    }

    /** Adds a count in a bucket above all present ones. */
    void append(int index, long count) {
        total = Math.addExact(total, count);
        add(0, index, count);
    }

    int bucketLimit() {
        return layout.length();
    }

    private void recordMiddle(double low, double high, long count) {
        long ticks = SketchRange.rounded(middle(low, high) * range.ticksPerUnit());
        recordTicks(ticks, count);
        clamped += ticks == 0 && low > 0 ? count : 0;
    }

    // What was clamped to a top bucket that is itself above the range of the target was counted with that bucket.
    private long clampedOnlyIn(Sketch target) {
        int top = layout.index(range.highestTicks());
        int last = slots() - 1;
        boolean again = last >= 0
                && indexAt(last) == top
                && middle(low(top), high(top)) * target.range.ticksPerUnit() > target.range.highestTicks() + 0.5;
        return again ? Math.max(clamped - countAt(last), 0) : clamped;
    }

    // After bytes that end in the middle; counts that were read have been added.
    private long countOfAll() {
        long count = 0;
        for (int slot = 0; slot < slots(); slot++) {
            count += countAt(slot);
        }
        return count;
    }

    // As HdrHistogram does: one unit in the last place less, so that 95 % of 100 is the 95th value and not the 96th.
    private long rank(double q) {
        double percentile = Math.max(Math.nextDown(100 * q), 0);
        return Math.min(Math.max((long) Math.ceil(percentile * total / 100), 1), total);
    }

    private int slotOfRank(long rank) {
        int slot = 0;
        for (long seen = countAt(0); seen < rank; seen += countAt(slot)) {
            slot++;
        }
        return slot;
    }

    private double low(int index) {
        return boundary(layout.lowest(index));
    }

    private double high(int index) {
        long highest = layout.highest(index);
        return highest < range.highestTicks() ? boundary(highest + 1) : (highest + 0.5) / range.ticksPerUnit();
    }

    // The smallest value that is rounded to this tick or above. The quotient is off by a few units in the last place at
    // most.
    private double boundary(long ticks) {
        double value = Math.max(ticks - 0.5, 0) / range.ticksPerUnit();
        while (range.ticks(value) < ticks) {
            value = Math.nextUp(value);
        }
        while (value > 0 && range.ticks(Math.nextDown(value)) >= ticks) {
            value = Math.nextDown(value);
        }
        return value;
    }
}
