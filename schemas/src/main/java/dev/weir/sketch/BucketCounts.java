package dev.weir.sketch;

import java.util.Arrays;

/** Counts by bucket index, in the smaller of two forms: sorted entries when few, an array over the used range when many. */
abstract class BucketCounts {
    /*
     * Layout. One of four forms; in each, "slots" in ascending order of index:
     *
     *   PACKED  ints[0, size): index << countBits | count, for counts that fit. 13 bits of index at 2 digits leave 18 of count.
     *   PAIRS   ints[0, size): index, longs[0, size): count. What PACKED becomes when a count does not fit any more.
     *   INTS    ints[0, span): count of the index offset + slot, zero where there is none.
     *   LONGS   longs[0, span): the same, after a count of 2^31 or more.
     *
     * Entries become an array (DENSE_FROM entries or more) as soon as it is at most DENSE_FACTOR times as long as they are many,
     * and an array becomes entries again when a new bucket would stretch it beyond SPARSE_FACTOR times the buckets in use: one
     * outlier costs an entry, not thousands of zeros. Both are done in place where the arrays are long enough.
     *
     * Cost, for k buckets in use: 4 bytes each as entries and at most 4 * SPARSE_FACTOR as an array, plus spare room of up to
     * the same again; a count is a branch-free binary search of entries (and a move of up to k of them when its bucket is new)
     * or one access to the array. Nothing is allocated but when an array must grow.
     *
     * This is the superclass of Sketch and not a part of it because each object less is one cache miss less an event.
     */
    private static final int PACKED = 0;
    private static final int PAIRS = 1;
    private static final int INTS = 2;
    private static final int LONGS = 3;

    /** Entries from which on the array is considered. */
    static final int DENSE_FROM = 16;

    static final int DENSE_FACTOR = 4;
    static final int SPARSE_FACTOR = 8;

    private static final int FIRST_CAPACITY = 8;
    /** Arrays up to this length are kept by a reset whatever was in them. */
    static final int ALWAYS_KEPT = 64;

    private static final int KEPT_FACTOR = 4;
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private final int countBits;
    private int form;
    /** Entries in use; only for PACKED and PAIRS. */
    private int size;
    /** Index of slot 0; only for INTS and LONGS, as is the number of slots. */
    private int offset;

    private int span;
    /** While entries are merged: where those that were there before begin. */
    private int tail;

    private int[] ints = NO_INTS;
    private long[] longs = NO_LONGS;

    BucketCounts(BucketLayout layout) {
        countBits = Integer.numberOfLeadingZeros(layout.length() - 1) - 1;
    }

    /** Adds 1 to the count of a bucket. */
    final void increment(int index) {
        if (form == INTS) {
            int slot = index - offset;
            if (slot >= 0 && slot < span && ints[slot] != Integer.MAX_VALUE) {
                ints[slot]++;
                return;
            }
        } else if (form == PACKED) {
            int at = lowerBound(0, index);
            int mask = (1 << countBits) - 1;
            if (at < size && ints[at] >>> countBits == index && (ints[at] & mask) != mask) {
                ints[at]++;
                return;
            }
        }
        add(0, index, 1);
    }

    /**
     * Adds to the count of a bucket.
     *
     * @param from a slot that is not above the bucket's: 0, or what was returned for a lower index with none added since
     * @param count at least 1; the sum of all counts must stay below 2^63
     * @return the slot, if it is one of an entry
     */
    final int add(int from, int index, long count) {
        if (form >= INTS) {
            if (covers(index)) {
                addToSlot(index - offset, count);
                return 0;
            }
        }
        int at = lowerBound(from, index);
        if (at < size && indexAt(at) == index) {
            put(at, index, countAt(at) + count);
            return at;
        }
        ensureEntries(size + 1);
        System.arraycopy(ints, at, ints, at + 1, size - at);
        if (form == PAIRS) {
            System.arraycopy(longs, at, longs, at + 1, size - at);
        }
        size++;
        put(at, index, count);
        return becomeArrayIfSmall() ? 0 : at;
    }

    /**
     * Adds all counts of another, of equal layout and not this.
     *
     * @param total sum of all counts afterwards
     */
    final void addAll(BucketCounts other, long total) {
        if (total <= Integer.MAX_VALUE && form == INTS && other.form == INTS && coversAllOf(other)) {
            addSlots(other.ints, other.span, other.offset - offset);
            return;
        }
        int slots = other.slots();
        boolean merging = beginMerge(other.occupied());
        int from = 0;
        for (int slot = 0; slot < slots; slot++) {
            long count = other.countAt(slot);
            if (count != 0) {
                from = merging ? merge(other.indexAt(slot), count) : add(from, other.indexAt(slot), count);
            }
        }
        if (merging) {
            endMerge();
        }
    }

    /** Slots to ask for {@link #indexAt} and {@link #countAt}. */
    final int slots() {
        return form >= INTS ? span : size;
    }

    /** Bucket index of a slot; greater than that of the slot before. */
    final int indexAt(int slot) {
        return switch (form) {
            case PACKED -> ints[slot] >>> countBits;
            case PAIRS -> ints[slot];
            default -> offset + slot;
        };
    }

    /** Count of a slot, 0 if its bucket is empty. */
    final long countAt(int slot) {
        return switch (form) {
            case PACKED -> ints[slot] & ((1 << countBits) - 1);
            case INTS -> ints[slot];
            default -> longs[slot];
        };
    }

    /** Buckets that are not empty. */
    final int occupied() {
        if (form == PACKED || form == PAIRS) {
            return size;
        }
        int occupied = 0;
        for (int slot = 0; slot < span; slot++) {
            occupied += countAt(slot) == 0 ? 0 : 1;
        }
        return occupied;
    }

    /** True if this is an array over the used range. */
    final boolean isDense() {
        return form >= INTS;
    }

    /** Bytes of the arrays, without their headers. */
    final int arrayBytes() {
        return Integer.BYTES * ints.length + Long.BYTES * longs.length;
    }

    /**
     * Empties all buckets and keeps the arrays, except that one of more than {@value #ALWAYS_KEPT} slots of which less than a
     * quarter was used since the last time is halved, and one of longs is dropped if it was not needed at all.
     */
    final void clear() {
        int used = slots();
        longs = form == PAIRS || form == LONGS
                ? isKept(longs.length, used) ? longs : new long[longs.length / 2]
                : NO_LONGS;
        ints = isKept(ints.length, form == LONGS ? 0 : used) ? ints : new int[ints.length / 2];
        form = PACKED;
        size = 0;
        span = 0;
    }

    /** Takes over all counts of another, of equal layout, with no spare room. */
    final void copyFrom(BucketCounts other) {
        form = other.form;
        size = other.size;
        offset = other.offset;
        span = other.span;
        ints = other.form == LONGS ? NO_INTS : Arrays.copyOf(other.ints, other.slots());
        longs = other.form == PAIRS || other.form == LONGS ? Arrays.copyOf(other.longs, other.slots()) : NO_LONGS;
    }

    /**
     * Prepares for entries in ascending order, one by one, each with {@link #merge}, and then {@link #endMerge}; false, and
     * nothing done, if {@link #add} is the better way to take them.
     *
     * @param entries how many there are at most
     */
    final boolean beginMerge(int entries) {
        // An insertion moves half of the entries, a merge all of them once.
        if (form >= INTS || entries < DENSE_FROM || size < DENSE_FROM || entries < size / 4) {
            return false;
        }
        // The present ones wait at the end of the array, so that those written from its start never reach them.
        ensureEntries(size + entries);
        tail = entryCapacity() - size;
        System.arraycopy(ints, 0, ints, tail, size);
        if (form == PAIRS) {
            System.arraycopy(longs, 0, longs, tail, size);
        }
        size = 0;
        return true;
    }

    /** Adds an entry while merging. */
    final int merge(int index, long count) {
        int end = entryCapacity();
        while (tail < end && indexAt(tail) < index) {
            moveFromTail();
        }
        long sum = count;
        if (tail < end && indexAt(tail) == index) {
            sum += countAt(tail++);
        }
        put(size++, index, sum);
        return 0;
    }

    final void endMerge() {
        int end = entryCapacity();
        while (tail < end) {
            moveFromTail();
        }
        becomeArrayIfSmall();
    }

    private boolean coversAllOf(BucketCounts other) {
        return covers(other.offset) && covers(other.offset + other.span - 1);
    }

    // A loop without branches, which the compiler turns into vector instructions.
    private void addSlots(int[] from, int slots, int shift) {
        int[] to = ints;
        for (int slot = 0; slot < slots; slot++) {
            to[slot + shift] += from[slot];
        }
    }

    private void moveFromTail() {
        ints[size] = ints[tail];
        if (form == PAIRS) {
            longs[size] = longs[tail];
        }
        size++;
        tail++;
    }

    /** The first entry from {@code from} on whose index is at least the given one, or size. */
    private int lowerBound(int from, int index) {
        int key = form == PACKED ? index << countBits : index;
        int at = from;
        int length = size - from;
        while (length > 1) {
            int half = length >>> 1;
            at += ints[at + half - 1] < key ? half : 0;
            length -= half;
        }
        return length == 1 && ints[at] < key ? at + 1 : at;
    }

    /** Writes an entry. */
    private void put(int at, int index, long count) {
        if (form == PACKED) {
            if (count < 1L << countBits) {
                ints[at] = index << countBits | (int) count;
                return;
            }
            unpack();
        }
        ints[at] = index;
        longs[at] = count;
    }

    private int entryCapacity() {
        return form == PACKED ? ints.length : Math.min(ints.length, longs.length);
    }

    private void ensureEntries(int needed) {
        if (needed > entryCapacity()) {
            int capacity = Math.max(needed, Math.max(FIRST_CAPACITY, 2 * size));
            if (ints.length < capacity) {
                ints = Arrays.copyOf(ints, capacity);
            }
            if (form == PAIRS && longs.length < capacity) {
                longs = Arrays.copyOf(longs, capacity);
            }
        }
    }

    /** From PACKED to PAIRS, all of the array, as it may be in the middle of a merge. */
    private void unpack() {
        if (longs.length < ints.length) {
            longs = new long[ints.length];
        }
        int mask = (1 << countBits) - 1;
        for (int at = 0; at < ints.length; at++) {
            longs[at] = ints[at] & mask;
            ints[at] >>>= countBits;
        }
        form = PAIRS;
    }

    private void addToSlot(int slot, long count) {
        if (form == INTS) {
            long sum = ints[slot] + count;
            if (sum <= Integer.MAX_VALUE && sum >= 0) {
                ints[slot] = (int) sum;
                return;
            }
            widen();
        }
        longs[slot] += count;
    }

    private void widen() {
        if (longs.length < span) {
            longs = new long[span + span / 4];
        }
        for (int slot = 0; slot < span; slot++) {
            longs[slot] = ints[slot];
        }
        form = LONGS;
    }

    /** True if the array has a slot for this bucket, now or after being stretched; otherwise these are entries afterwards. */
    private boolean covers(int index) {
        int slot = index - offset;
        if (slot >= 0 && slot < span) {
            return true;
        }
        int stretched = slot < 0 ? span - slot : slot + 1;
        if (stretched > SPARSE_FACTOR * (occupied() + 1L)) {
            becomeEntries();
            return false;
        }
        stretch(Math.max(0, -slot), stretched);
        return true;
    }

    /** Adds slots in front and behind, to a number of them in all. */
    private void stretch(int inFront, int slots) {
        boolean wide = form == LONGS;
        int spare = slots + slots / 4;
        if (wide) {
            longs = longs.length < slots ? Arrays.copyOf(longs, spare) : longs;
            System.arraycopy(longs, 0, longs, inFront, span);
            Arrays.fill(longs, 0, inFront, 0);
            Arrays.fill(longs, inFront + span, slots, 0);
        } else {
            ints = ints.length < slots ? Arrays.copyOf(ints, spare) : ints;
            System.arraycopy(ints, 0, ints, inFront, span);
            Arrays.fill(ints, 0, inFront, 0);
            Arrays.fill(ints, inFront + span, slots, 0);
        }
        offset -= inFront;
        span = slots;
    }

    private boolean becomeArrayIfSmall() {
        if (size < DENSE_FROM || indexAt(size - 1) - indexAt(0) >= DENSE_FACTOR * size) {
            return false;
        }
        offset = indexAt(0);
        span = indexAt(size - 1) - offset + 1;
        if (form == PACKED) {
            spreadPacked();
            form = INTS;
        } else {
            spreadPairs();
            form = LONGS;
        }
        return true;
    }

    // From the back: entry i is at i or above as a slot, so that nothing is overwritten before it is read.
    private void spreadPacked() {
        int[] from = ints;
        int mask = (1 << countBits) - 1;
        if (ints.length < span) {
            ints = new int[span + span / 4];
        }
        int end = span;
        for (int at = size - 1; at >= 0; at--) {
            int entry = from[at];
            int slot = (entry >>> countBits) - offset;
            Arrays.fill(ints, slot + 1, end, 0);
            ints[slot] = entry & mask;
            end = slot;
        }
    }

    private void spreadPairs() {
        long[] from = longs;
        if (longs.length < span) {
            longs = new long[span + span / 4];
        }
        int end = span;
        for (int at = size - 1; at >= 0; at--) {
            int slot = ints[at] - offset;
            Arrays.fill(longs, slot + 1, end, 0);
            longs[slot] = from[at];
            end = slot;
        }
    }

    /** In place, as entry i is at i or above as a slot. */
    private void becomeEntries() {
        boolean wide = form == LONGS || greatest() >= 1 << countBits;
        int entries = occupied();
        if (wide && longs.length < entries) {
            longs = new long[entries];
        }
        if (ints.length < entries) {
            ints = new int[entries];
        }
        int at = 0;
        for (int slot = 0; slot < span; slot++) {
            long count = countAt(slot);
            if (count != 0) {
                if (wide) {
                    longs[at] = count;
                }
                ints[at++] = wide ? offset + slot : (offset + slot) << countBits | (int) count;
            }
        }
        form = wide ? PAIRS : PACKED;
        size = at;
    }

    private int greatest() {
        int greatest = 0;
        for (int slot = 0; slot < span; slot++) {
            greatest = Math.max(greatest, ints[slot]);
        }
        return greatest;
    }

    private static boolean isKept(int length, int used) {
        return length <= ALWAYS_KEPT || used >= length / KEPT_FACTOR;
    }
}
