package dev.weir.topology.ingest;

import org.jspecify.annotations.Nullable;

/**
 * One way in which events name a series: the encoded fields that do so, and which encoding came behind it. Owned by {@link
 * Encodings}; not thread-safe.
 */
final class Encoding {
    private final byte[] identity;
    private final IngestSeries series;
    /** Where the name of the metric, the unit and the labels begin in the identity; 0 until it has been seen in an event. */
    private int nameFrom;

    private int unitFrom;
    private int labelsFrom;
    private @Nullable Encoding next;
    private boolean again;

    Encoding(byte[] identity, IngestSeries series) {
        this.identity = identity;
        this.series = series;
    }

    /** The bytes, see {@link EventView#identity}. */
    byte[] identity() {
        return identity;
    }

    IngestSeries series() {
        return series;
    }

    int nameFrom() {
        return nameFrom;
    }

    int unitFrom() {
        return unitFrom;
    }

    int labelsFrom() {
        return labelsFrom;
    }

    /** Notes where in the identity the fields of a measurement begin. */
    void seen(int name, int unit, int labels) {
        nameFrom = name;
        unitFrom = unit;
        labelsFrom = labels;
    }

    /** What came behind this the last two times; null if they differed. */
    @Nullable
    Encoding likelyNext() {
        return again ? next : null;
    }

    void followedBy(Encoding follower) {
        again = next == follower;
        next = follower;
    }

    /** It names nothing any more, and holds no other. */
    void forget() {
        nameFrom = 0;
        next = null;
        again = false;
    }
}
