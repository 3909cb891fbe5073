package dev.weir.topology.ingest;

import dev.weir.topology.state.StoreBuilders;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state store of the ingest stage. Renaming it is a state migration. */
public final class IngestStores {
    private IngestStores() {}

    /** All stores of the stage. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(StoreBuilders.clock(IngestClock.STORE));
    }
}
