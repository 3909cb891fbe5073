package dev.weir.sink;

/** Offsets of one partition, {@code [first, next)}. */
record OffsetRange(long first, long next) {
    OffsetRange {
        if (first < 0 || next <= first) {
            throw new IllegalArgumentException("offsets are [" + first + ", " + next + "), must hold one at least");
        }
    }

    /** The range of one record. */
    static OffsetRange at(long offset) {
        return new OffsetRange(offset, offset + 1);
    }

    /** The smallest range that holds both. */
    OffsetRange union(OffsetRange other) {
        return new OffsetRange(Math.min(first, other.first), Math.max(next, other.next));
    }
}
