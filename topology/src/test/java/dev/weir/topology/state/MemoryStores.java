package dev.weir.topology.state;

import java.io.File;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams' own stores in memory. What uses them is restarted by making it again over the same ones. */
public final class MemoryStores {
    private final MockProcessorContext<Object, Object> context;

    public MemoryStores() {
        this(0);
    }

    /** Those of one partition. */
    public MemoryStores(int partition) {
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, partition), new File("none"));
    }

    /** The context in which the stores are found by name. */
    public MockProcessorContext<Object, Object> context() {
        return context;
    }

    public KeyValueStore<String, Long> clock(String name) {
        return open(name, Serdes.String(), Serdes.Long());
    }

    /** Bytes by {@link TimeKey}. */
    public KeyValueStore<Bytes, byte[]> packs(String name) {
        return open(name, Serdes.Bytes(), Serdes.ByteArray());
    }

    public <K, V> KeyValueStore<K, V> open(String name, Serde<K> keys, Serde<V> values) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }
}
