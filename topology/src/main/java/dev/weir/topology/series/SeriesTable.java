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
     * Open addressing with linear probing in a table of a power of two, at most half full. Three parallel arrays: the hash
     * of each entry with its slot (0 in none), its key and its value; a probe touches only the hashes until one is equal in
     * all 64 bits. Removal moves later entries of the same run back over the gap, so that there are no tombstones.
     */
    private static final int LEAST_SLOTS = 16;
    private static final long NONE = 0;

    private long[] hashes = new long[LEAST_SLOTS];
    private byte[] @Nullable [] keys = new byte[LEAST_SLOTS][];
    private @Nullable Object[] values = new @Nullable Object[LEAST_SLOTS];
    private int size;

    /** What belongs to these bytes, or null. */
    public @Nullable T find(byte[] bytes, int from, int to) {
        int slot = slotOf(hash(bytes, from, to), bytes, from, to);
        return hashes[slot] == NONE ? null : valueAt(slot);
    }

    /** Sets what belongs to {@code key}, an array that the table owns from now on. */
    public void put(byte[] key, T value) {
        long hash = hash(key, 0, key.length);
        int slot = slotOf(hash, key, 0, key.length);
        if (hashes[slot] == NONE) {
            if (2 * (size + 1) > hashes.length) {
                grow();
                slot = slotOf(hash, key, 0, key.length);
            }
            size++;
        }
        hashes[slot] = hash;
        keys[slot] = key;
        values[slot] = value;
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
        hashes = new long[LEAST_SLOTS];
        keys = new byte[LEAST_SLOTS][];
        values = new @Nullable Object[LEAST_SLOTS];
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
    private int slotOf(long hash, byte[] bytes, int from, int to) {
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
        byte[] key = keys[slot];
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
                keys[gap] = keys[slot];
                values[gap] = values[slot];
                gap = slot;
            }
        }
        hashes[gap] = NONE;
        keys[gap] = null;
        values[gap] = null;
        size--;
    }

    private void grow() {
        long[] oldHashes = hashes;
        byte[] @Nullable [] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        int slots = Math.multiplyExact(2, oldHashes.length);
        int mask = slots - 1;
        hashes = new long[slots];
        keys = new byte[slots][];
        values = new @Nullable Object[slots];
        for (int old = 0; old < oldHashes.length; old++) {
            if (oldHashes[old] != NONE) {
                int slot = home(oldHashes[old], mask);
                while (hashes[slot] != NONE) {
                    slot = slot + 1 & mask;
                }
                hashes[slot] = oldHashes[old];
                keys[slot] = oldKeys[old];
                values[slot] = oldValues[old];
            }
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // A slot with a hash has a value.
    private T valueAt(int slot) {
        return (T) values[slot];
    }

    private static int home(long hash, int mask) {
        return (int) (hash >>> Integer.SIZE) & mask;
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = BytesHash.of(bytes, from, to);
        return hash == NONE ? 1 : hash;
    }
}
