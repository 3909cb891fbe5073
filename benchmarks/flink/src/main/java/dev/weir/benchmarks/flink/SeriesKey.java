package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.engine.limit.EventBytes;
import dev.weir.series.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A series as the bytes it was written with: the key of the job's state. Immutable. */
final class SeriesKey {
    private final int hash;
    private final boolean ofBatch;
    private final byte[] bytes;

    SeriesKey(int hash, boolean ofBatch, byte[] bytes) {
        this.hash = hash;
        this.ofBatch = ofBatch;
        this.bytes = bytes;
    }

    boolean ofBatch() {
        return ofBatch;
    }

    byte[] bytes() {
        return bytes;
    }

    Series series() {
        return EventBytes.series(bytes, ofBatch);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeriesKey key && key.hash == hash && Arrays.equals(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
