package dev.weir.sketch;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;

/** The buckets of a {@link Sketch} in few bytes, as they travel between stages. */
final class CompactCodec {
    /*
     * Layout: the number of buckets; then for each, in ascending order of index, d and, unless its count is 1, its count less 2;
     * d is 2 × (index less the index before, less 1), plus 1 if the count follows. All are variable-length integers: most
     * buckets of a short time hold one value and lie within 64 of the next, which is one byte.
     *
     * Memory of a read is bounded by the bytes present: each bucket takes one at least.
     */
    private CompactCodec() {}

    static void write(BucketCounts buckets, ByteOutput out) {
        out.putVarLong(buckets.occupied());
        int before = -1;
        int slots = buckets.slots();
        for (int slot = 0; slot < slots; slot++) {
            long count = buckets.countAt(slot);
            if (count != 0) {
                int index = buckets.indexAt(slot);
                long distance = 2L * (index - before - 1);
                if (count == 1) {
                    out.putVarLong(distance);
                } else {
                    out.putVarLong(distance + 1);
                    out.putVarLong(count - 2);
                }
                before = index;
            }
        }
    }

    /**
     * Adds the counts that {@link #write} wrote.
     *
     * @param total what they must add up to
     * @param limit what their indexes must be below
     */
    static void merge(ByteInput in, BucketCounts target, long total, int limit) {
        long buckets = in.getVarLong();
        if (buckets < 1 || buckets > in.remaining()) {
            throw new IllegalArgumentException(
                    "buckets are " + buckets + ", must be 1 to the " + in.remaining() + " bytes that follow");
        }
        boolean merging = target.beginMerge((int) buckets);
        try {
            long left = total;
            long index = -1;
            int slot = 0;
            for (int i = 0; i < buckets; i++) {
                long distance = in.getVarLong();
                long count = (distance & 1) == 0 ? 1 : in.getVarLong() + 2;
                index += (distance >>> 1) + 1;
                left -= count;
                if (index < 0 || index >= limit || count < 1 || left < 0) {
                    throw refused(index, limit, count, left + count);
                }
                slot = merging ? target.merge((int) index, count) : target.add(slot, (int) index, count);
            }
            if (left != 0) {
                throw new IllegalArgumentException("counts add up to " + (total - left) + ", must be " + total);
            }
        } finally {
            if (merging) {
                target.endMerge();
            }
        }
    }

    private static IllegalArgumentException refused(long index, int limit, long count, long left) {
        return new IllegalArgumentException("bucket " + index + " has the count " + count + ", must be below " + limit
                + " with a count of 1 to " + left);
    }
}
