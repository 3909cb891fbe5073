package dev.weir.topology.aggregate;

import dev.weir.pane.Aggregate;
import dev.weir.topology.state.TimeKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The published windows of one size, kept for late events until they are older than the late retention: (start, bucket) →
 * {@link WindowPack}. One thread.
 */
final class ClosedWindows {
    /*
     * The series of a window are spread over 2^n buckets by the hash of their bytes, about SERIES_A_PACK in each: one put
     * stores many, and a late event reads and writes one bucket only. n is part of the key, so it is found with the first
     * bucket of the window: second half of the key = n << 32 | bucket.
     */
    private static final int SERIES_A_PACK = 128;
    private static final int BITS_SHIFT = 32;

    /** Takes a window that is to be published. */
    interface Publisher {
        void publish(long startMs, SeriesState series, Aggregate aggregate, long revision);
    }

    /** Takes what a series did in a window: what the cursor stands on. */
    interface Visitor {
        void visit(long startMs, WindowPack.Cursor entry);
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private long expiredMs;

    ClosedWindows(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Stores a window that has just closed for the first time. */
    void put(long startMs, List<SeriesState> series, List<Aggregate> aggregates) {
        int bits = bitsFor(series.size());
        WindowPack.Writer[] packs = new WindowPack.Writer[1 << bits];
        for (int i = 0; i < series.size(); i++) {
            byte[] id = series.get(i).id();
            int bucket = bucket(id, bits);
            WindowPack.Writer pack = packs[bucket];
            if (pack == null) {
                pack = new WindowPack.Writer();
                packs[bucket] = pack;
            }
            pack.add(id, 0, aggregates.get(i));
        }
        for (int bucket = 0; bucket < packs.length; bucket++) {
            if (packs[bucket] != null) {
                store.put(key(startMs, bits, bucket), packs[bucket].toByteArray());
            }
        }
    }

    /** Adds to a closed window and publishes what becomes of it. */
    void correct(long startMs, List<SeriesState> series, List<Aggregate> additions, Publisher publisher) {
        int bits = bitsOf(startMs);
        Map<Integer, Map<Bytes, Integer>> byBucket = new HashMap<>();
        for (int i = 0; i < series.size(); i++) {
            byte[] id = series.get(i).id();
            byBucket.computeIfAbsent(bucket(id, bits), absent -> new HashMap<>())
                    .put(Bytes.wrap(id), i);
        }
        byBucket.forEach((bucket, indexes) -> {
            Bytes key = key(startMs, bits, bucket);
            WindowPack.Writer corrected = new WindowPack.Writer();
            correctPack(store.get(key), indexes, corrected, series, additions, startMs, publisher);
            // What is left had nothing in this window yet.
            for (int index : indexes.values()) {
                Aggregate first = additions.get(index);
                corrected.add(series.get(index).id(), 0, first);
                publisher.publish(startMs, series.get(index), first, 0);
            }
            store.put(key, corrected.toByteArray());
        });
    }

    private static void correctPack(
            byte @Nullable [] stored,
            Map<Bytes, Integer> indexes,
            WindowPack.Writer corrected,
            List<SeriesState> series,
            List<Aggregate> additions,
            long startMs,
            Publisher publisher) {
        if (stored == null) {
            return;
        }
        WindowPack.Cursor cursor = new WindowPack.Cursor(stored);
        while (cursor.next()) {
            Integer index = indexes.remove(Bytes.wrap(cursor.series()));
            if (index == null) {
                corrected.copy(cursor);
                continue;
            }
            Aggregate aggregate = cursor.aggregate();
            aggregate.merge(additions.get(index));
            long revision = cursor.revision() + 1;
            corrected.add(series.get(index).id(), revision, aggregate);
            publisher.publish(startMs, series.get(index), aggregate, revision);
        }
    }

    /** Shows all windows that start at {@code fromMs} or later. */
    void forEachFrom(long fromMs, Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> packs =
                store.range(TimeKey.of(Math.max(0, fromMs), 0), TimeKey.of(Long.MAX_VALUE, Long.MAX_VALUE))) {
            while (packs.hasNext()) {
                KeyValue<Bytes, byte[]> entry = packs.next();
                WindowPack.Cursor cursor = new WindowPack.Cursor(entry.value);
                while (cursor.next()) {
                    visitor.visit(TimeKey.timeMs(entry.key), cursor);
                }
            }
        }
    }

    /** Forgets the windows that start before {@code beforeMs}. */
    void expire(long beforeMs) {
        if (beforeMs <= expiredMs) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> old =
                store.range(TimeKey.of(expiredMs, 0), TimeKey.of(beforeMs - 1, Long.MAX_VALUE))) {
            old.forEachRemaining(entry -> store.delete(entry.key));
        }
        expiredMs = beforeMs;
    }

    private int bitsOf(long startMs) {
        try (KeyValueIterator<Bytes, byte[]> first =
                store.range(TimeKey.of(startMs, 0), TimeKey.of(startMs, Long.MAX_VALUE))) {
            return first.hasNext() ? (int) (TimeKey.second(first.next().key) >>> BITS_SHIFT) : 0;
        }
    }

    private static int bitsFor(int series) {
        int packs = Math.max(1, series / SERIES_A_PACK);
        return Integer.SIZE - Integer.numberOfLeadingZeros(packs) - 1;
    }

    private static int bucket(byte[] series, int bits) {
        return Utils.murmur2(series) & (1 << bits) - 1;
    }

    private static Bytes key(long startMs, int bits, int bucket) {
        return TimeKey.of(startMs, (long) bits << BITS_SHIFT | bucket);
    }
}
