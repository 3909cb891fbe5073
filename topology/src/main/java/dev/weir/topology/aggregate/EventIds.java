package dev.weir.topology.aggregate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The ids of the events of de-duplicated metrics, each kept until the watermark is the metric's window past the event:
 * (event id, series) → end of that. One thread.
 */
final class EventIds {
    /** Ids are forgotten by the minute. */
    private static final long STEP_MS = 60_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final TreeMap<Long, List<Bytes>> byEnd = new TreeMap<>();

    EventIds(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                endsAt(ByteBuffer.wrap(entry.value).getLong()).add(entry.key);
            }
        }
    }

    /** Takes note of an event; false if an event of the series with this id was noted before and is still remembered. */
    boolean isNew(byte[] series, String eventId, long timestampMs, long windowMs) {
        Bytes key = key(series, eventId);
        if (store.get(key) != null) {
            return false;
        }
        long endMs = timestampMs + windowMs;
        store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(endMs).array());
        endsAt(endMs).add(key);
        return true;
    }

    /** Forgets the ids whose window the watermark has passed. */
    void expire(long watermarkMs) {
        while (!byEnd.isEmpty() && byEnd.firstKey() + STEP_MS <= watermarkMs) {
            byEnd.pollFirstEntry().getValue().forEach(store::delete);
        }
    }

    private List<Bytes> endsAt(long endMs) {
        return byEnd.computeIfAbsent(Math.floorDiv(endMs, STEP_MS) * STEP_MS, absent -> new ArrayList<>());
    }

    private static Bytes key(byte[] series, String eventId) {
        byte[] id = eventId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + id.length + series.length)
                .putInt(id.length)
                .put(id)
                .put(series)
                .array());
    }
}
