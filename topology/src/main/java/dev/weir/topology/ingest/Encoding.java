package dev.weir.topology.ingest;

import dev.weir.topology.series.Successors;
import org.jspecify.annotations.Nullable;

/**
 * One way in which events name a series: the encoded fields that do so. Owned by {@link Encodings}; not thread-safe.
 */
final class Encoding extends Successors.Link<Encoding> {
    private final byte[] identity;
    private final IngestSeries series;
    /** Where the name of the metric, the unit and the labels begin in the identity; 0 until it has been seen in an event. */
    private int nameFrom;

    private int unitFrom;
    private int labelsFrom;
    /** Stands for the bytes before the name: those with the same one are equal up to there. Null: nothing is known. */
    private @Nullable Object prefix;

    private @Nullable Ahead ahead;

    /** Another encoding of the same series. Owned by the series. */
    @Nullable
    Encoding nextOfSeries;

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

    /** Reads a little everywhere, so that all of it is in the cache. */
    long glance() {
        return series.openStartMs + identity[0] + identity[identity.length / 2] + identity[identity.length - 1];
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

    @Nullable
    Object prefix() {
        return prefix;
    }

    void prefix(Object equal) {
        prefix = equal;
    }

    /** What is likely to come from here on. */
    Ahead ahead() {
        if (ahead == null) {
            ahead = new Ahead();
        }
        return ahead;
    }

    /** Notes where in the identity the fields of a measurement begin. */
    void seen(int name, int unit, int labels) {
        nameFrom = name;
        unitFrom = unit;
        labelsFrom = labels;
    }

    /** No event is encoded like it any more. */
    void forget() {
        nameFrom = 0;
        prefix = null;
        ahead = null;
    }
}
