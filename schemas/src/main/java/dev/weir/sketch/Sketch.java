package dev.weir.sketch;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A mergeable histogram of values, sparse in memory and bucket for bucket equal to HdrHistogram.
 *
 * <p>Values are in the unit of the metric and at least 0; those above the range are clamped to its highest tick. Merging is
 * exact, associative and commutative. Not thread-safe: one owner, one thread.
 *
 * @see SketchRange
 */
public final class Sketch {
    /*
     * Layout. Two parallel arrays, the bucket indexes ascending and their counts, none of them zero. A pane of one series
     * seldom touches more than a few dozen of the 3,328 buckets of 1 µs to 1 h, for which a dense histogram takes 27 KB.
     *
     * Cost, for k non-empty buckets: 12 to 24 bytes each; a record is a binary search, and a move of up to k entries when its
     * bucket is new; a merge is one pass over both; a quantile is one pass.
     *
     * Error bound. The exact nearest-rank value and the reported one lie in one bucket, so they differ by at most 0.79 % at 2
     * digits (BucketLayout), plus half a tick because values are first rounded to whole ticks. The bounds of a bucket include
     * the half tick: the smallest value counted in it, and the smallest counted above it.
     *
     * Invariant. total is the sum of counts and never overflows, so no single count can.
     */
    private static final int INITIAL_CAPACITY = 8;

    private final SketchRange range;
    private final BucketLayout layout;
    private int[] indexes;
    private long[] counts;
    private int size;
    private long total;

    public Sketch(SketchRange range) {
        this(range, BucketLayout.of(range), new int[INITIAL_CAPACITY], new long[INITIAL_CAPACITY]);
    }

    private Sketch(SketchRange range, BucketLayout layout, int[] indexes, long[] counts) {
        this.range = range;
        this.layout = layout;
        this.indexes = indexes;
        this.counts = counts;
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
        add(layout.index(range.ticks(value)), 1);
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
            add(layout.index(Math.min(ticks, range.highestTicks())), count);
        }
    }

    /**
     * Adds every count of another sketch, which stays as it is.
     *
     * @throws IllegalArgumentException if the ranges differ
     * @throws ArithmeticException if the count would exceed 2^63 - 1; nothing has been added then
     */
    public void merge(Sketch other) {
        if (!range.equals(other.range)) {
            throw new IllegalArgumentException("range is " + other.range + ", must be " + range + " (sketch to merge)");
        }
        total = Math.addExact(total, other.total);
        int union = size + other.indexesMissingIn(this);
        ensureCapacity(union);
        int left = size - 1;
        int right = other.size - 1;
        // From the back, so that no entry is overwritten before it is read.
        for (int to = union - 1; right >= 0; to--) {
            int order = left < 0 ? -1 : Integer.compare(indexes[left], other.indexes[right]);
            long count = order < 0 ? 0 : counts[left];
            indexes[to] = order < 0 ? other.indexes[right] : indexes[left];
            counts[to] = order > 0 ? count : count + other.counts[right];
            left -= order < 0 ? 0 : 1;
            right -= order > 0 ? 0 : 1;
        }
        size = union;
    }

    public long count() {
        return total;
    }

    public boolean isEmpty() {
        return total == 0;
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
        int index = indexes[positionOfRank(rank(q))];
        long ticks = q == 0 ? layout.lowest(index) : layout.highest(index);
        double high = index == layout.index(range.highestTicks()) ? Double.POSITIVE_INFINITY : high(index);
        return new Quantile(q, range.units(ticks), low(index), high);
    }

    /** HdrHistogram V2 bytes, uncompressed; the conversion ratio is the value of one tick. */
    public byte[] encode() {
        return SketchCodec.encode(range, indexes, counts, size);
    }

    public Sketch copy() {
        int capacity = Math.max(size, INITIAL_CAPACITY);
        Sketch copy = new Sketch(range, layout, Arrays.copyOf(indexes, capacity), Arrays.copyOf(counts, capacity));
        copy.size = size;
        copy.total = total;
        return copy;
    }

    /** Shows every non-empty bucket, lowest first. */
    public void forEachBucket(BucketVisitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.bucket(low(indexes[i]), high(indexes[i]), counts[i]);
        }
    }

    @Override
    public String toString() {
        return "Sketch[count=" + total + ", buckets=" + size + ", range=" + range + "]";
    }

    /** Adds a count in a bucket above all present ones. */
    void append(int index, long count) {
        total = Math.addExact(total, count);
        insert(size, index, count);
    }

    int bucketLimit() {
        return layout.length();
    }

    private void add(int index, long count) {
        total = Math.addExact(total, count);
        int found = Arrays.binarySearch(indexes, 0, size, index);
        if (found >= 0) {
            counts[found] += count;
        } else {
            insert(-found - 1, index, count);
        }
    }

    private void insert(int position, int index, long count) {
        ensureCapacity(size + 1);
        System.arraycopy(indexes, position, indexes, position + 1, size - position);
        System.arraycopy(counts, position, counts, position + 1, size - position);
        indexes[position] = index;
        counts[position] = count;
        size++;
    }

    private void ensureCapacity(int needed) {
        if (needed > indexes.length) {
            int capacity = Math.max(needed, indexes.length * 2);
            indexes = Arrays.copyOf(indexes, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
    }

    private int indexesMissingIn(Sketch target) {
        int missing = 0;
        int position = 0;
        for (int i = 0; i < size; i++) {
            while (position < target.size && target.indexes[position] < indexes[i]) {
                position++;
            }
            if (position == target.size || target.indexes[position] != indexes[i]) {
                missing++;
            }
        }
        return missing;
    }

    // As HdrHistogram does: one unit in the last place less, so that 95 % of 100 is the 95th value and not the 96th.
    private long rank(double q) {
        double percentile = Math.max(Math.nextDown(100 * q), 0);
        return Math.min(Math.max((long) Math.ceil(percentile * total / 100), 1), total);
    }

    private int positionOfRank(long rank) {
        int position = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[position]) {
            position++;
        }
        return position;
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
