package dev.weir.topology.aggregate;

import dev.weir.topology.state.TimeKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The delta packs of windows that are still open, as they were received: (start of the minute, sequence) → pack.
 *
 * <p>They are what a restart makes the open panes and minutes from again, so that nothing is encoded a second time. One thread.
 */
final class DeltaStore {
    private final KeyValueStore<Bytes, byte[]> store;
    /** By minute, so that forgetting one reads no pack again. */
    private final Map<Long, List<Bytes>> keys = new HashMap<>();

    private long next;

    DeltaStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Shows every pack, by minute and in the order in which they came, as a restart finds them. */
    void restore(Consumer<byte[]> visitor) {
        keys.clear();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                next = Math.max(next, TimeKey.second(entry.key) + 1);
                note(TimeKey.timeMs(entry.key), entry.key);
                visitor.accept(entry.value);
            }
        }
    }

    void add(long minuteStartMs, byte[] pack) {
        Bytes key = TimeKey.of(minuteStartMs, next++);
        store.put(key, pack);
        note(minuteStartMs, key);
    }

    private void note(long minuteStartMs, Bytes key) {
        keys.computeIfAbsent(minuteStartMs, absent -> new ArrayList<>()).add(key);
    }

    /** Forgets the packs of a minute. */
    void remove(long minuteStartMs) {
        List<Bytes> packs = keys.remove(minuteStartMs);
        if (packs != null) {
            packs.forEach(store::delete);
        }
    }
}
