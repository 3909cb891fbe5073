package dev.weir.topology.ingest;

import dev.weir.topology.commit.CommitHook;
import dev.weir.topology.state.StoreBuilders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores of the ingest stage. Renaming one is a state migration. */
public final class IngestStores {
    /** Has no content: see {@link CommitHook}. */
    static final String COMMIT = "ingest-commit";

    private IngestStores() {}

    /** All stores of the stage. */
    public static Set<StoreBuilder<?>> builders() {
        return new LinkedHashSet<>(List.of(StoreBuilders.clock(IngestClock.STORE), CommitHook.builder(COMMIT)));
    }
}
