package dev.weir.topology.ingest;

import dev.weir.topology.series.SeriesTable;
import dev.weir.topology.series.Successors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The encodings under which an ingest task knows its series. An event is first compared with the one that is likely to come:
 * it then need not be hashed and looked up. Not thread-safe.
 */
final class Encodings {
    private final SeriesTable<Encoding> byIdentity = new SeriesTable<>();
    private final Successors<Encoding> order = new Successors<>();
    private int eventsUntilLook;
    /** What was looked at last; null if it has been found wrong. */
    private @Nullable Ahead lookedFrom;

    /** How often one has been removed. */
    private int removals;
    /** Only there so that the loops that look are not optimized away. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    /** That of an identity, the first {@code length} bytes. */
    @Nullable
    Encoding find(byte[] identity, int length) {
        return byIdentity.find(identity, 0, length);
    }

    /** How the next event is probably encoded. Asked once for each event. */
    @Nullable
    Encoding likely() {
        if (--eventsUntilLook <= 0) {
            eventsUntilLook = lookAhead();
        }
        return order.likely();
    }

    /** An event is encoded as was likely. */
    void came(Encoding likely) {
        order.came(likely);
    }

    /** An event is encoded in another way; null if nobody knows it. */
    void cameInstead(@Nullable Encoding other) {
        eventsUntilLook = 0;
        if (lookedFrom != null) {
            lookedFrom.forget();
            lookedFrom = null;
        }
        order.cameInstead(other);
    }

    /** Has what the next events need brought into the cache, as far as one can guess them; returns for how many. */
    private int lookAhead() {
        Encoding first = order.likely();
        if (first == null) {
            return 0;
        }
        lookedFrom = first.ahead();
        touched = lookedFrom.glance(first, removals);
        return lookedFrom.size();
    }

    Encoding add(byte[] identity, int length, IngestSeries series) {
        Encoding added = new Encoding(Arrays.copyOf(identity, length), series);
        byIdentity.put(added.identity(), added);
        return added;
    }

    void remove(Encoding encoding) {
        removals++;
        byIdentity.remove(encoding.identity());
        encoding.forget();
        order.remove(encoding);
    }

    int size() {
        return byIdentity.size();
    }
}
