package dev.weir.topology.ingest;

import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state store of the ingest stage. Renaming it is a state migration. */
public final class IngestStores {
    private IngestStores() {}

    /** All stores of the stage. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(IngestClock.STORE), Serdes.String(), Serdes.Long()));
    }
}
