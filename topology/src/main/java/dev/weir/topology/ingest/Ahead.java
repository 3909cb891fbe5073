package dev.weir.topology.ingest;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The encodings of the next events, as far as one can guess them from one on. Not thread-safe. */
final class Ahead {
    /*
     * With many series each event waits for memory several times, one after the other: its encoding, the bytes of it, the
     * series, the aggregate, its counts. Those of different events do not depend on each other, and short loops let the processor wait
     * for many at once. The chain of guesses itself is waited for link by link: hence it is remembered.
     */
    private static final int MOST = 16;

    private final @Nullable Encoding[] next = new @Nullable Encoding[MOST];
    private int size;
    private int knownRemovals;

    /** How many are guessed. */
    int size() {
        return size;
    }

    /** One of them was wrong. */
    void forget() {
        size = 0;
    }

    /**
     * Reads a little of all that these events need, so that it is in the cache.
     *
     * @param first the first of them
     * @param removals how many encodings have been removed so far: any of these may be gone if it has changed
     * @return a sum that means nothing
     */
    long glance(Encoding first, int removals) {
        if (size == 0 || knownRemovals != removals) {
            follow(first);
            knownRemovals = removals;
        }
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += at(i).glance();
        }
        for (int i = 0; i < size; i++) {
            sum += at(i).series().glanceOpen();
        }
        for (int i = 0; i < size; i++) {
            sum += at(i).series().glanceCounts();
        }
        return sum;
    }

    private void follow(Encoding first) {
        size = 0;
        for (Encoding one = first; one != null && size < MOST; one = one.likelyNext()) {
            next[size++] = one;
        }
    }

    private Encoding at(int i) {
        return Objects.requireNonNull(next[i]);
    }
}
