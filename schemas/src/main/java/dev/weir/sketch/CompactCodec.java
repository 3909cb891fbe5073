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
    private static final int SHORT_DISTANCE = 126;
    private static final int SHORT_COUNT = 129;

    private CompactCodec() {}

    static void write(BucketCounts buckets, ByteOutput out) {
        out.putVarLong(buckets.occupied());
        if (buckets.lengthOfCounts() > 0) {
            writeArray(buckets.counts(), buckets.lengthOfCounts(), buckets.firstOfCounts(), out);
            return;
        }
        int before = -1;
        int slots = buckets.slots();
        for (int slot = 0; slot < slots; slot++) {
            int index = buckets.indexAt(slot);
            long count = buckets.countAt(slot);
            if (count != 0) {
                write(index - before - 1, count, out);
                before = index;
            }
        }
    }

    private static void write(int between, long count, ByteOutput out) {
        if (count == 1) {
            out.putVarLong(2L * between);
        } else {
            out.putVarLong(2L * between + 1);
            out.putVarLong(count - 2);
        }
    }

    // Whether a bucket is empty, or its count is 1, nobody can foretell. So each writes two bytes, and how many of them
    // are kept is reckoned without a branch.
    private static void writeArray(int[] counts, int length, int first, ByteOutput out) {
        byte[] bytes = out.room(2 * length);
        int at = out.size();
        int before = -1;
        for (int slot = 0; slot < length; slot++) {
            int count = counts[slot];
            int index = first + slot;
            int distance = 2 * (index - before - 1);
            if (distance <= SHORT_DISTANCE && count <= SHORT_COUNT) {
                bytes[at] = (byte) (distance + ((1 - count) >>> (Integer.SIZE - 1)));
                bytes[at + 1] = (byte) (count - 2);
                at += Math.min(count, 2);
            } else if (count > 0) {
                out.wrote(at);
                write(index - before - 1, count, out);
                bytes = out.room(2 * (length - slot));
                at = out.size();
            }
            before += (index - before) & (-count >> (Integer.SIZE - 1));
        }
        out.wrote(at);
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
        int tail = target.beginMerge((int) buckets);
        boolean merging = BucketCounts.isMerging(tail);
        try {
            // Nearly all integers are one byte, and nearly all buckets of a large window have their slot: this loop
            // keeps what
            // it needs for those in registers.
            byte[] bytes = in.array();
            int at = in.position();
            int end = at + in.remaining();
            int[] counts = {};
            int first = 0;
            int length = 0;
            long left = total;
            long index = -1;
            int from = 0;
            for (int i = 0; i < buckets; i++) {
                long distance;
                if (at < end && bytes[at] >= 0) {
                    distance = bytes[at++];
                } else {
                    in.skip(at - in.position());
                    distance = in.getVarLong();
                    at = in.position();
                }
                long count = 1;
                if ((distance & 1) != 0) {
                    if (at < end && bytes[at] >= 0) {
                        count = bytes[at++] + 2L;
                    } else {
                        in.skip(at - in.position());
                        count = in.getVarLong() + 2;
                        at = in.position();
                    }
                }
                index += (distance >>> 1) + 1;
                left -= count;
                if (index < 0 || index >= limit || count < 1 || left < 0) {
                    throw refused(index, limit, count, left + count);
                }
                if (i == 0 && !merging) {
                    target.beginArray((int) index, (int) buckets);
                    counts = target.counts();
                    first = target.firstOfCounts();
                    length = target.lengthOfCounts();
                }
                int slot = (int) index - first;
                if (slot >= 0 && slot < length && counts[slot] <= Integer.MAX_VALUE - count) {
                    counts[slot] += (int) count;
                } else if (merging) {
                    tail = target.merge(tail, (int) index, count);
                } else {
                    from = target.add(from, (int) index, count);
                    counts = target.counts();
                    first = target.firstOfCounts();
                    length = target.lengthOfCounts();
                }
            }
            in.skip(at - in.position());
            if (left != 0) {
                throw new IllegalArgumentException("counts add up to " + (total - left) + ", must be " + total);
            }
        } finally {
            if (merging) {
                target.endMerge(tail);
            } else {
                target.endArray();
            }
        }
    }

    private static IllegalArgumentException refused(long index, int limit, long count, long left) {
        return new IllegalArgumentException("bucket " + index + " has the count " + count + ", must be below " + limit
                + " with a count of 1 to " + left);
    }
}
