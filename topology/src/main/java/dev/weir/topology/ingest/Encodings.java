package dev.weir.topology.ingest;

import dev.weir.topology.series.SeriesTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The encodings under which an ingest task knows its series, with a guess which one comes next.
 *
 * <p>A service sends its series in the same order each time, at least within a batch. So each encoding remembers which one
 * came behind it, and when that was the same twice an event is first compared with it: it need not be hashed and looked up.
 * Not thread-safe.
 */
final class Encodings {
    private final SeriesTable<Encoding> byIdentity = new SeriesTable<>();
    private @Nullable Encoding last;

    /** That of an identity, the first {@code length} bytes. */
    @Nullable
    Encoding find(byte[] identity, int length) {
        return byIdentity.find(identity, 0, length);
    }

    /** That of which the next event probably is. */
    @Nullable
    Encoding likely() {
        return last == null ? null : last.likelyNext();
    }

    /** The likely one it was. */
    void cameAsGuessed(Encoding likely) {
        last = likely;
    }

    /** Another one it was, or one that nobody knows. */
    void came(@Nullable Encoding other) {
        if (last != null && other != null) {
            last.followedBy(other);
        }
        last = other;
    }

    Encoding add(byte[] identity, int length, IngestSeries series) {
        Encoding added = new Encoding(Arrays.copyOf(identity, length), series);
        byIdentity.put(added.identity(), added);
        return added;
    }

    void remove(Encoding encoding) {
        byIdentity.remove(encoding.identity());
        encoding.forget();
        if (last == encoding) {
            last = null;
        }
    }

    int size() {
        return byIdentity.size();
    }
}
