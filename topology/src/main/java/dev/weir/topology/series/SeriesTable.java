package dev.weir.topology.series;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map from bytes to objects that is asked with a range of a larger array, so that finding a series copies nothing.
 *
 * <p>Keys are compared in full. {@link #find} allocates nothing. It grows by doubling and never shrinks; how many entries
 * it holds is the caller's to bound. Not thread-safe.
 */
public final class SeriesTable<T> {
    /*
     * Open addressing with linear probing in a table of a power of two, at most 7/8 full. Two parallel arrays: 32 bits of the
     * hash of each entry (0 where there is none), 16 of them on a cache line, and its key with its value behind it; a probe
     * touches only the hashes until one is equal. Removal moves later entries of the same run back over the gap, so that there
     * are no tombstones.
     */
    private static final int LEAST_SLOTS = 16;
    private static final int NONE = 0;

    private int[] hashes = new int[LEAST_SLOTS];
    private @Nullable Object[] entries = new @Nullable Object[2 * LEAST_SLOTS];
    private int size;

    /** What belongs to these bytes, or null. */
    public @Nullable T find(byte[] bytes, int from, int to) {
        int slot = slotOf(hash(bytes, from, to), bytes, from, to);
        return hashes[slot] == NONE ? null : valueAt(slot);
    }

    /** Sets what belongs to {@code key}, an array that the table owns from now on. */
    public void put(byte[] key, T value) {
        int hash = hash(key, 0, key.length);
        int slot = slotOf(hash, key, 0, key.length);
        if (hashes[slot] == NONE) {
            if (size + 1 > hashes.length - (hashes.length >>> 3)) {
                grow();
                slot = slotOf(hash, key, 0, key.length);
            }
            size++;
        }
        hashes[slot] = hash;
        entries[2 * slot] = key;
        entries[2 * slot + 1] = value;
    }

    /** Takes out what belongs to {@code key}; false if there was nothing. */
    public boolean remove(byte[] key) {
        int slot = slotOf(hash(key, 0, key.length), key, 0, key.length);
        if (hashes[slot] == NONE) {
            return false;
        }
        removeAt(slot);
        return true;
    }

    /** Takes out all values of which {@code condition} is true; how many there were. */
    public int removeIf(Predicate<? super T> condition) {
        int before = size;
        int mask = hashes.length - 1;
        int empty = 0;
        while (hashes[empty] != NONE) {
            empty++;
        }
        // Backwards from an empty slot: what closes a gap then comes from behind it and has been looked at.
        for (int slot = empty - 1 & mask; slot != empty; slot = slot - 1 & mask) {
            if (hashes[slot] != NONE && condition.test(valueAt(slot))) {
                removeAt(slot);
            }
        }
        return before - size;
    }

    /** Forgets everything. */
    public void clear() {
        hashes = new int[LEAST_SLOTS];
        entries = new @Nullable Object[2 * LEAST_SLOTS];
        size = 0;
    }

    public int size() {
        return size;
    }

    /** Shows all values, in no order; the table must not change meanwhile. */
    public void forEach(Consumer<? super T> visitor) {
        for (int slot = 0; slot < hashes.length; slot++) {
            if (hashes[slot] != NONE) {
                visitor.accept(valueAt(slot));
            }
        }
    }

    /** The slot of the key, or the empty one where it belongs. */
    private int slotOf(int hash, byte[] bytes, int from, int to) {
        int mask = hashes.length - 1;
        int slot = home(hash, mask);
        while (hashes[slot] != NONE) {
            if (hashes[slot] == hash && isKey(slot, bytes, from, to)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isKey(int slot, byte[] bytes, int from, int to) {
        byte[] key = (byte[]) entries[2 * slot];
        return key != null && Arrays.equals(key, 0, key.length, bytes, from, to);
    }

    private void removeAt(int removed) {
        int mask = hashes.length - 1;
        int gap = removed;
        for (int slot = gap + 1 & mask; hashes[slot] != NONE; slot = slot + 1 & mask) {
            int home = home(hashes[slot], mask);
            // It may move back to the gap unless its home lies behind the gap.
            if ((slot - home & mask) >= (slot - gap & mask)) {
                hashes[gap] = hashes[slot];
                entries[2 * gap] = entries[2 * slot];
                entries[2 * gap + 1] = entries[2 * slot + 1];
                gap = slot;
            }
        }
        hashes[gap] = NONE;
        entries[2 * gap] = null;
        entries[2 * gap + 1] = null;
        size--;
    }

    private void grow() {
        int[] oldHashes = hashes;
        @Nullable Object[] oldEntries = entries;
        int slots = Math.multiplyExact(2, oldHashes.length);
        int mask = slots - 1;
        hashes = new int[slots];
        entries = new @Nullable Object[Math.multiplyExact(2, slots)];
        for (int old = 0; old < oldHashes.length; old++) {
            if (oldHashes[old] != NONE) {
                int slot = home(oldHashes[old], mask);
                while (hashes[slot] != NONE) {
                    slot = slot + 1 & mask;
                }
                hashes[slot] = oldHashes[old];
                entries[2 * slot] = oldEntries[2 * old];
                entries[2 * slot + 1] = oldEntries[2 * old + 1];
            }
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // A slot with a hash has a value.
    private T valueAt(int slot) {
        return (T) entries[2 * slot + 1];
    }

    private static int home(int hash, int mask) {
        return hash & mask;
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = BytesHash.of(bytes, from, to);
        int folded = (int) (hash ^ hash >>> Integer.SIZE);
        return folded == NONE ? 1 : folded;
    }
}
