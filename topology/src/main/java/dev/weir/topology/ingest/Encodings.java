package dev.weir.topology.ingest;

import dev.weir.pane.Aggregate;
import dev.weir.topology.series.SeriesTable;
import dev.weir.topology.series.Successors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private int eventsUntilLook;
    /** Where the last look began; null if it has been found wrong. */
    private @Nullable Encoding lookedFrom;

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
            lookedFrom.forgetAhead();
            lookedFrom = null;
        }
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
        Encoding first = order.likely();
        if (first == null) {
            return 0;
        }
        Encoding[] ahead = first.ahead(removals);
        if (ahead == null) {
            ahead = follow(first);
            first.ahead(ahead, removals);
        }
        lookedFrom = first;
        long sum = 0;
        for (Encoding next : ahead) {
            sum += next.glance();
        }
        for (Encoding next : ahead) {
            Aggregate aggregate = next.series().openAggregate;
            sum += aggregate == null ? 0 : aggregate.count();
        }
        for (Encoding next : ahead) {
            Aggregate aggregate = next.series().openAggregate;
            sum += aggregate == null ? 0 : aggregate.glance();
        }
        touched = sum;
        return ahead.length;
    }

    /** Those that are likely to come, one after the other: remembered, as each is found only through the one before. */
    private static Encoding[] follow(Encoding first) {
        List<Encoding> ahead = new ArrayList<>(AHEAD);
        for (Encoding next = first; next != null && ahead.size() < AHEAD; next = next.likelyNext()) {
            ahead.add(next);
        }
        return ahead.toArray(new Encoding[0]);
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
