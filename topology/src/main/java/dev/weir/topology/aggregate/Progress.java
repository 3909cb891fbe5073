package dev.weir.topology.aggregate;

import dev.weir.topology.time.Watermark;
import org.apache.kafka.streams.state.KeyValueStore;

/** How far something has come in event time: never falls, and is stored under its name. One thread. */
final class Progress {
    private final String name;
    private final KeyValueStore<String, Long> store;
    private long ms;
    private long storedMs;

    /** The progress as it was stored, {@link Watermark#UNKNOWN} at first. */
    Progress(String name, KeyValueStore<String, Long> store) {
        this.name = name;
        this.store = store;
        Long stored = store.get(name);
        storedMs = stored == null ? Watermark.UNKNOWN : stored;
        ms = storedMs;
    }

    long ms() {
        return ms;
    }

    void advance(long toMs) {
        ms = Math.max(ms, toMs);
    }

    void save() {
        if (ms != storedMs) {
            store.put(name, ms);
            storedMs = ms;
        }
    }
}
