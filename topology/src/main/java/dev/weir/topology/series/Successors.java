package dev.weir.topology.series;

import org.jspecify.annotations.Nullable;

/**
 * Guesses what comes next where the same things come again and again: what came behind the last one both times before.
 *
 * <p>A service sends its series in the same order each time, at least within a batch, so the guess is mostly right there; in
 * no order it makes none, and costs nothing but the note of what came. Not thread-safe.
 */
public final class Successors<T extends Successors.Link<T>> {
    private @Nullable T last;

    /** What remembers the one that came behind it. */
    public abstract static class Link<T extends Link<T>> {
        private @Nullable T next;
        private boolean again;

        /** What came behind this the last two times; null if they differed. */
        public final @Nullable T likelyNext() {
            return again ? next : null;
        }
    }

    /** What comes next, probably; null if nobody can say. */
    public @Nullable T likely() {
        return last == null ? null : last.likelyNext();
    }

    /** It came as {@link #likely} said. */
    public void came(T likely) {
        last = likely;
    }

    /** Another one came, or null for one that is not known. */
    public void cameInstead(@Nullable T other) {
        Link<T> before = last;
        if (before != null && other != null) {
            before.again = before.next == other;
            before.next = other;
        }
        last = other;
    }

    /** It will not come again: nothing is likely behind it, and it holds on to no other. Others may still lead to it. */
    public void remove(T gone) {
        Link<T> link = gone;
        link.next = null;
        link.again = false;
        if (last == gone) {
            last = null;
        }
    }
}
