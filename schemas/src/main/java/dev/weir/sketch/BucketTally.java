package dev.weir.sketch;

import java.util.Arrays;

/**
 * Counts many values by bucket before they are added to a sketch, all at once: a count here is one access to a small array,
 * whatever the form of the sketch. Used again and again, for any sketches; not thread-safe.
 */
public final class BucketTally {
    /** With more, the array is no longer small. */
    private static final int MOST_BUCKETS = 1 << 13;

    private int[] counts = {};
    private int first = Integer.MAX_VALUE;
    private int last = -1;

    /** Gets ready to count, or is false: that many buckets are too many. */
    boolean begin(int buckets) {
        if (counts.length < buckets && buckets <= MOST_BUCKETS) {
            counts = new int[buckets];
        }
        return buckets <= counts.length;
    }

    void add(int index) {
        counts[index]++;
        first = Math.min(first, index);
        last = Math.max(last, index);
    }

    /**
     * Adds all counts to others and is empty.
     *
     * @param total sum of all counts of the target afterwards
     */
    void moveTo(BucketCounts target, long total) {
        int[] array = target.counts();
        int shift = target.firstOfCounts();
        if (first >= shift && last < shift + target.lengthOfCounts() && total <= Integer.MAX_VALUE) {
            for (int index = first; index <= last; index++) {
                array[index - shift] += counts[index];
            }
        } else if (target.isPacked(total)) {
            int slots = target.slots();
            if (slots > 0) {
                first = Math.min(first, target.indexAt(0));
                last = Math.max(last, target.indexAt(slots - 1));
            }
            target.moveTo(counts);
            target.takeOver(counts, first, last);
        } else {
            int from = 0;
            for (int index = first; index <= last; index++) {
                if (counts[index] != 0) {
                    from = target.add(from, index, counts[index]);
                }
            }
        }
        Arrays.fill(counts, Math.min(first, last + 1), last + 1, 0);
        first = Integer.MAX_VALUE;
        last = -1;
    }
}
