package dev.weir.topology.ingest;

import dev.weir.pane.Aggregate;
import dev.weir.topology.series.SeriesTable;
import dev.weir.topology.series.Successors;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The encodings under which an ingest task knows its series. An event is first compared with the one that is likely to come:
 * it then need not be hashed and looked up. Not thread-safe.
 */
final class Encodings {
    /** How many events are looked for ahead. */
    private static final int AHEAD = 16;

    private final SeriesTable<Encoding> byIdentity = new SeriesTable<>();
    private final Successors<Encoding> order = new Successors<>();
    private final @Nullable Encoding[] ahead = new @Nullable Encoding[AHEAD];
    private int eventsUntilLook;
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
        order.cameInstead(other);
    }

    /**
     * Has what the next {@link #AHEAD} events need brought into the cache, as far as one can guess them; returns for how many.
     *
     * <p>With many series each event waits for memory several times, one after the other: its encoding, the bytes of it, the
     * series, the aggregate. Those of different events do not depend on each other, and short loops let the processor wait
     * for many at once.
     */
    private int lookAhead() {
        int size = 0;
        for (Encoding next = order.likely(); next != null && size < AHEAD; next = next.likelyNext()) {
            ahead[size++] = next;
        }
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Objects.requireNonNull(ahead[i]).glance();
        }
        for (int i = 0; i < size; i++) {
            Aggregate aggregate = Objects.requireNonNull(ahead[i]).series().openAggregate;
            sum += aggregate == null ? 0 : aggregate.count();
        }
        touched = sum;
        return size;
    }

    Encoding add(byte[] identity, int length, IngestSeries series) {
        Encoding added = new Encoding(Arrays.copyOf(identity, length), series);
        byIdentity.put(added.identity(), added);
        return added;
    }

    void remove(Encoding encoding) {
        byIdentity.remove(encoding.identity());
        encoding.forget();
        order.remove(encoding);
    }

    int size() {
        return byIdentity.size();
    }
}
