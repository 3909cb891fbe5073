package dev.weir.topology.aggregate;

import dev.weir.topology.state.TimeKey;
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
    private long next;

    DeltaStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Shows every pack, by minute and in the order in which they came. */
    void restore(Consumer<byte[]> visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                next = Math.max(next, TimeKey.second(entry.key) + 1);
                visitor.accept(entry.value);
            }
        }
    }

    void add(long minuteStartMs, byte[] pack) {
        store.put(TimeKey.of(minuteStartMs, next++), pack);
    }

    /** Forgets the packs of a minute. */
    void remove(long minuteStartMs) {
        try (KeyValueIterator<Bytes, byte[]> packs =
                store.range(TimeKey.of(minuteStartMs, 0), TimeKey.of(minuteStartMs, Long.MAX_VALUE))) {
            packs.forEachRemaining(entry -> store.delete(entry.key));
        }
    }
}
