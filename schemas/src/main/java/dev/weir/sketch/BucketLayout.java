package dev.weir.sketch;

/**
 * HdrHistogram's mapping between ticks and bucket indexes, for a lowest discernible value of 1.
 *
 * @param halfBits log2 of half the number of sub-buckets
 * @param length number of bucket indexes
 */
record BucketLayout(int halfBits, int length) {
    /*
     * Layout. With d digits there are S = 2^ceil(log2(2 * 10^d)) sub-buckets, 256 for d = 2. Ticks below S have an index of
     * their own, so the first S indexes are exact. Every further power of two [S * 2^(b-1), S * 2^b) is cut into S / 2
     * sub-buckets of 2^b ticks each. The index is therefore a shifted tick: the top bits of the tick follow its magnitude.
     *
     * Error bound. A bucket of 2^b ticks begins at S / 2 * 2^b or above, so any two values in it differ by less than
     * 2 / S of the smaller: 0.79 % for d = 2.
     *
     * Reference: Gil Tene, HdrHistogram 2.2.2 (AbstractHistogram), https://github.com/HdrHistogram/HdrHistogram
     */

    private static final int DIGITS = 5;
    private static final BucketLayout[][] SHARED = new BucketLayout[DIGITS + 1][Long.SIZE + 1];

    /** The layout of a range; the same object for equal layouts, so that it stays in the cache of the processor. */
    static BucketLayout of(SketchRange range) {
        long largestExact = 2 * Math.round(Math.pow(10, range.digits()));
        int bits = Long.SIZE - Long.numberOfLeadingZeros(largestExact - 1);
        int powers = Math.max(bits, Long.SIZE - Long.numberOfLeadingZeros(range.highestTicks())) - bits + 1;
        // Threads may race here: a record is published whole, and any of two equal ones will do.
        BucketLayout shared = SHARED[range.digits()][powers];
        if (shared == null) {
            shared = new BucketLayout(bits - 1, (powers + 1) << (bits - 1));
            SHARED[range.digits()][powers] = shared;
        }
        return shared;
    }

    /** The bucket of a tick, which is at least 0. */
    int index(long ticks) {
        int shift = Long.SIZE - 1 - halfBits - Long.numberOfLeadingZeros(ticks | (1L << halfBits));
        return (shift << halfBits) + (int) (ticks >>> shift);
    }

    long lowest(int index) {
        int shift = shiftOfIndex(index);
        return (long) (index - (shift << halfBits)) << shift;
    }

    long highest(int index) {
        return lowest(index) + (1L << shiftOfIndex(index)) - 1;
    }

    private int shiftOfIndex(int index) {
        return Math.max(0, (index >> halfBits) - 1);
    }
}
