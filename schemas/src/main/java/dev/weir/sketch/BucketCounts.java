package dev.weir.sketch;

import java.util.Arrays;

/** Counts by bucket index, in the smaller of two forms: sorted entries when few, an array over the used range when many. */
abstract class BucketCounts {
    /*
     * In one file of over 500 lines, since its forms share their arrays and turn into each other in place.
     *
     * Layout. One of four forms; in each, slots in ascending order of index:
     *
     *   PACKED  ints: index << countBits | count, for counts that fit: of 31 bits, 12 are index and 19 count at 1 µs to 1 h.
     *   PAIRS   ints: index, longs: count. What PACKED becomes when a count does not fit any more.
     *   INTS    ints: count of the index offset + slot, zero where there is none.
     *   LONGS   longs: the same, after a count of 2^31 or more.
     *
     * Entries become an array (DENSE_FROM entries or more) as soon as it is at most DENSE_FACTOR times as long as they are many,
     * and an array becomes entries again when a new bucket would stretch it beyond SPARSE_FACTOR times the buckets in use: one
     * outlier costs an entry, not thousands of zeros. Both are done in place where the arrays are long enough.
     *
     * Cost, for k buckets in use: 4 bytes each as entries, with room for an eighth more, and at most 4 * SPARSE_FACTOR as an
     * array; a count is a binary search of entries or one access to the array. Allocates only when an array must grow.
     *
     * The superclass of Sketch and no part of it, and what depends on the range alone is shared: at 100,000 series each object
     * and cache line less is a cache miss less an event.
     */
    private static final int PACKED = 0;
    private static final int PAIRS = 1;
    private static final int INTS = 2;
    private static final int LONGS = 3;

    /** Entries from which on the array is considered. */
    static final int DENSE_FROM = 16;

    /** So many that come at once are given an array before it is known whether they are dense: it is 16 bytes for each. */
    static final int ALWAYS_DENSE_FROM = 128;

    static final int DENSE_FACTOR = 4;
    static final int SPARSE_FACTOR = 8;

    /** Arrays up to this length are kept by a reset whatever was in them. */
    static final int ALWAYS_KEPT = 64;

    private static final int KEPT_FACTOR = 4;
    private static final int FIRST_CAPACITY = 8;
    private static final int NOT_MERGING = -1;
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    final BucketLayout layout;
    private int[] ints = NO_INTS;
    private long[] longs = NO_LONGS;
    private int form = PACKED;
    /** How many entries there are, or slots of the array. */
    private int slots;
    /** Index of slot 0 of the array. */
    private int offset;
    /** Buckets in use when they were last counted, so at least as many now; only of the array. */
    private int known;

    BucketCounts(BucketLayout layout) {
        this.layout = layout;
    }

    /** Adds 1 to the count of a bucket. */
    final void increment(int index) {
        if (form == INTS) {
            int slot = index - offset;
            if (slot >= 0 && slot < slots && ints[slot] != Integer.MAX_VALUE) {
                ints[slot]++;
                return;
            }
        } else if (form == PACKED) {
            int countBits = layout.countBits();
            int mask = (1 << countBits) - 1;
            int at = lowerBound(0, index << countBits);
            if (at < slots && ints[at] >>> countBits == index && (ints[at] & mask) != mask) {
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
     * @return a slot to begin from with a greater index
     */
    final int add(int from, int index, long count) {
        if (form >= INTS && covers(index)) {
            addToSlot(index - offset, count);
            return 0;
        }
        int at = lowerBound(from, form == PACKED ? index << layout.countBits() : index);
        if (at < slots && indexAt(at) == index) {
            put(at, index, countAt(at) + count);
            return at;
        }
        ensureEntries(slots + 1);
        System.arraycopy(ints, at, ints, at + 1, slots - at);
        if (form == PAIRS) {
            System.arraycopy(longs, at, longs, at + 1, slots - at);
        }
        slots++;
        put(at, index, count);
        return becomeArrayIfSmall() ? 0 : at;
    }

    /**
     * Adds all counts of another, of equal layout and not this.
     *
     * @param total sum of all counts afterwards
     */
    final void addAll(BucketCounts other, long total) {
        boolean arrays = form == INTS && other.form == INTS && total <= Integer.MAX_VALUE;
        if (arrays && covers(other.offset) && covers(other.offset + other.slots - 1)) {
            addSlots(other.ints, other.slots, other.offset - offset);
            return;
        }
        int tail = beginMerge(other.occupied());
        boolean merging = isMerging(tail);
        int from = 0;
        int end = other.slots;
        for (int slot = 0; slot < end; slot++) {
            long count = other.countAt(slot);
            if (count == 0) {
                continue;
            }
            if (merging) {
                tail = merge(tail, other.indexAt(slot), count);
            } else {
                from = add(from, other.indexAt(slot), count);
            }
        }
        if (merging) {
            endMerge(tail);
        }
    }

    final int countsGlance() {
        return slots >>> 1 < ints.length ? ints[0] + ints[slots >>> 1] : 0;
    }

    /** Slots to ask for {@link #indexAt} and {@link #countAt}. */
    final int slots() {
        return slots;
    }

    /** Bucket index of a slot; greater than that of the slot before. */
    final int indexAt(int slot) {
        return switch (form) {
            case PACKED -> ints[slot] >>> layout.countBits();
            case PAIRS -> ints[slot];
            default -> offset + slot;
        };
    }

    /** Count of a slot, 0 if its bucket is empty. */
    final long countAt(int slot) {
        return switch (form) {
            case PACKED -> ints[slot] & ((1 << layout.countBits()) - 1);
            case INTS -> ints[slot];
            default -> longs[slot];
        };
    }

    /** Buckets that are not empty. */
    final int occupied() {
        return switch (form) {
            case INTS -> {
                int occupied = 0;
                for (int slot = 0; slot < slots; slot++) {
                    occupied += -ints[slot] >>> (Integer.SIZE - 1);
                }
                yield occupied;
            }
            case LONGS -> {
                int occupied = 0;
                for (int slot = 0; slot < slots; slot++) {
                    occupied += longs[slot] == 0 ? 0 : 1;
                }
                yield occupied;
            }
            default -> slots;
        };
    }

    /** The counts themselves of as many buckets as {@link #lengthOfCounts} says, to be raised; until the next call that adds. */
    final int[] counts() {
        return ints;
    }

    /** Index of the first bucket of {@link #counts}. */
    final int firstOfCounts() {
        return offset;
    }

    /** 0 when the form is another than an array of ints. */
    final int lengthOfCounts() {
        return form == INTS ? slots : 0;
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
        boolean wide = form == PAIRS || form == LONGS;
        if (!wide) {
            longs = NO_LONGS;
        } else if (!isKept(longs.length, slots)) {
            longs = new long[longs.length / 2];
        }
        if (!isKept(ints.length, form == LONGS ? 0 : slots)) {
            ints = new int[ints.length / 2];
        }
        form = PACKED;
        slots = 0;
    }

    /** Takes over all counts of another, of equal layout, with no spare room. */
    final void copyFrom(BucketCounts other) {
        form = other.form;
        slots = other.slots;
        offset = other.offset;
        known = other.known;
        ints = other.form == LONGS ? NO_INTS : Arrays.copyOf(other.ints, slots);
        longs = other.form == PAIRS || other.form == LONGS ? Arrays.copyOf(other.longs, slots) : NO_LONGS;
    }

    /** True if these are entries, each of one int, that would still be if all counts together were {@code total}. */
    final boolean isPacked(long total) {
        return form == PACKED && total < 1L << layout.countBits();
    }

    /** Gives its counts to another array, by index, and is empty; while {@link #isPacked}. */
    final void moveTo(int[] counts) {
        int countBits = layout.countBits();
        int mask = (1 << countBits) - 1;
        for (int at = 0; at < slots; at++) {
            counts[ints[at] >>> countBits] += ints[at] & mask;
        }
        slots = 0;
    }

    /** Takes over counts, by index, whose first and last is not 0; while empty and {@link #isPacked}. */
    final void takeOver(int[] counts, int first, int last) {
        int occupied = 0;
        for (int index = first; index <= last; index++) {
            occupied += -counts[index] >>> (Integer.SIZE - 1);
        }
        if (occupied >= DENSE_FROM && last - first < DENSE_FACTOR * occupied) {
            form = INTS;
            known = occupied;
            offset = first;
            slots = last - first + 1;
            if (ints.length < slots) {
                ints = new int[slots + slots / 4];
            }
            System.arraycopy(counts, first, ints, 0, slots);
        } else {
            // Without a branch nobody could foretell: the entry of an empty bucket is written over by the next.
            ensureEntries(occupied + 1);
            for (int index = first; index <= last; index++) {
                ints[slots] = index << layout.countBits() | counts[index];
                slots += -counts[index] >>> (Integer.SIZE - 1);
            }
        }
    }

    /**
     * If this is empty and many entries come: becomes an array of zeros for all that it would be worth it for, to be raised in
     * {@link #counts}, and then {@link #endArray}.
     *
     * @param first the least index that comes
     */
    final void beginArray(int first, int entries) {
        if (slots > 0 || form != PACKED || entries < ALWAYS_DENSE_FROM) {
            return;
        }
        form = INTS;
        known = entries;
        offset = first;
        slots = Math.min(DENSE_FACTOR * entries, layout.length() - first);
        if (ints.length < slots) {
            ints = new int[slots];
        } else {
            Arrays.fill(ints, 0, slots, 0);
        }
    }

    /** Gives up the zeros at the end. */
    final void endArray() {
        while (form == INTS && slots > 0 && ints[slots - 1] == 0) {
            slots--;
        }
    }

    /**
     * Prepares for entries in ascending order, one by one, each with {@link #merge}, and then {@link #endMerge}.
     *
     * @param entries how many there are at most
     * @return what merge takes; or, and nothing done, what {@link #isMerging} is false for: then {@link #add} is the better way
     */
    final int beginMerge(int entries) {
        // An insertion moves half of the entries, a merge all of them once.
        if (form >= INTS || entries < DENSE_FROM || slots < DENSE_FROM || entries < slots / 4) {
            return NOT_MERGING;
        }
        // The present ones wait at the end of the array, so that those written from its start never reach them.
        ensureEntries(slots + entries);
        int tail = entryCapacity() - slots;
        System.arraycopy(ints, 0, ints, tail, slots);
        if (form == PAIRS) {
            System.arraycopy(longs, 0, longs, tail, slots);
        }
        slots = 0;
        return tail;
    }

    static boolean isMerging(int tail) {
        return tail != NOT_MERGING;
    }

    /** Adds an entry while merging; returns what the next call takes. */
    final int merge(int tail, int index, long count) {
        int end = entryCapacity();
        int next = tail;
        while (next < end && indexAt(next) < index) {
            moveBack(next++);
        }
        long sum = count;
        if (next < end && indexAt(next) == index) {
            sum += countAt(next++);
        }
        put(slots++, index, sum);
        return next;
    }

    final void endMerge(int tail) {
        int end = entryCapacity();
        for (int next = tail; next < end; next++) {
            moveBack(next);
        }
        becomeArrayIfSmall();
    }

    private void moveBack(int from) {
        ints[slots] = ints[from];
        if (form == PAIRS) {
            longs[slots] = longs[from];
        }
        slots++;
    }

    // A loop without branches, which the compiler turns into vector instructions.
    private void addSlots(int[] from, int end, int shift) {
        int[] to = ints;
        for (int slot = 0; slot < end; slot++) {
            to[slot + shift] += from[slot];
        }
    }

    /** The first entry from {@code from} on whose int is at least the key, or the number of entries. */
    private int lowerBound(int from, int key) {
        int[] entries = ints;
        int at = from;
        int length = slots - from;
        while (length > 1) {
            int half = length >>> 1;
            at += entries[at + half - 1] < key ? half : 0;
            length -= half;
        }
        return length == 1 && entries[at] < key ? at + 1 : at;
    }

    /** Writes an entry. */
    private void put(int at, int index, long count) {
        if (form == PACKED) {
            int countBits = layout.countBits();
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
            int capacity = Math.max(needed, slots + Math.max(FIRST_CAPACITY, slots / 8));
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
        int countBits = layout.countBits();
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
        if (longs.length < slots) {
            longs = new long[slots + slots / 4];
        }
        for (int slot = 0; slot < slots; slot++) {
            longs[slot] = ints[slot];
        }
        form = LONGS;
    }

    /** True if the array has a slot for this bucket, now or after being stretched; otherwise these are entries afterwards. */
    private boolean covers(int index) {
        int slot = index - offset;
        return (slot >= 0 && slot < slots) || stretchesTo(slot);
    }

    private boolean stretchesTo(int slot) {
        int stretched = slot < 0 ? slots - slot : slot + 1;
        if (stretched > SPARSE_FACTOR * (known + 1L)) {
            known = occupied();
            if (stretched > SPARSE_FACTOR * (known + 1L)) {
                becomeEntries();
                return false;
            }
        }
        int inFront = Math.max(0, -slot);
        if (form == INTS) {
            ints = ints.length < stretched ? Arrays.copyOf(ints, stretched + stretched / 4) : ints;
            if (inFront > 0) {
                System.arraycopy(ints, 0, ints, inFront, slots);
                Arrays.fill(ints, 0, inFront, 0);
            }
            Arrays.fill(ints, inFront + slots, stretched, 0);
        } else {
            longs = longs.length < stretched ? Arrays.copyOf(longs, stretched + stretched / 4) : longs;
            if (inFront > 0) {
                System.arraycopy(longs, 0, longs, inFront, slots);
                Arrays.fill(longs, 0, inFront, 0);
            }
            Arrays.fill(longs, inFront + slots, stretched, 0);
        }
        offset -= inFront;
        slots = stretched;
        return true;
    }

    private boolean becomeArrayIfSmall() {
        if (slots < DENSE_FROM || indexAt(slots - 1) - indexAt(0) >= DENSE_FACTOR * slots) {
            return false;
        }
        int first = indexAt(0);
        int length = indexAt(slots - 1) - first + 1;
        if (form == PACKED) {
            spreadPacked(first, length);
            form = INTS;
        } else {
            spreadPairs(first, length);
            form = LONGS;
        }
        known = slots;
        offset = first;
        slots = length;
        return true;
    }

    // From the back: entry i is at i or above as a slot, so that nothing is overwritten before it is read.
    private void spreadPacked(int first, int length) {
        int[] from = ints;
        int countBits = layout.countBits();
        int mask = (1 << countBits) - 1;
        if (ints.length < length) {
            ints = new int[length + length / 4];
        }
        int end = length;
        for (int at = slots - 1; at >= 0; at--) {
            int entry = from[at];
            int slot = (entry >>> countBits) - first;
            Arrays.fill(ints, slot + 1, end, 0);
            ints[slot] = entry & mask;
            end = slot;
        }
    }

    private void spreadPairs(int first, int length) {
        long[] from = longs;
        if (longs.length < length) {
            longs = new long[length + length / 4];
        }
        int end = length;
        for (int at = slots - 1; at >= 0; at--) {
            long count = from[at];
            int slot = ints[at] - first;
            Arrays.fill(longs, slot + 1, end, 0);
            longs[slot] = count;
            end = slot;
        }
    }

    /** In place, as entry i is at i or above as a slot. */
    private void becomeEntries() {
        int countBits = layout.countBits();
        boolean wide = form == LONGS || greatest() >= 1 << countBits;
        int entries = occupied();
        if (wide && longs.length < entries) {
            longs = new long[entries];
        }
        if (ints.length < entries) {
            ints = new int[entries];
        }
        int at = 0;
        for (int slot = 0; slot < slots; slot++) {
            long count = countAt(slot);
            if (count != 0) {
                if (wide) {
                    longs[at] = count;
                }
                ints[at++] = wide ? offset + slot : (offset + slot) << countBits | (int) count;
            }
        }
        form = wide ? PAIRS : PACKED;
        slots = at;
    }

    private int greatest() {
        int greatest = 0;
        for (int slot = 0; slot < slots; slot++) {
            greatest = Math.max(greatest, ints[slot]);
        }
        return greatest;
    }

    private static boolean isKept(int length, int used) {
        return length <= ALWAYS_KEPT || used >= length / KEPT_FACTOR;
    }
}
