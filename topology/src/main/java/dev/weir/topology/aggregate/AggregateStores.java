package dev.weir.topology.aggregate;

import dev.weir.topology.commit.CommitHook;
import dev.weir.topology.state.StoreBuilders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores of the aggregate stage. Renaming one is a state migration. */
public final class AggregateStores {
    /** Name → ms up to which panes and windows are closed. */
    public static final String CLOCK = "aggregate-clock";

    /** (minute, sequence) → delta pack of a minute that is open. */
    public static final String DELTAS = "open-deltas";

    /** (minute, bucket) → published windows of 1 m. */
    public static final String CLOSED_MINUTES = "closed-minutes";

    /** (hour, bucket) → published windows of 1 h. */
    public static final String CLOSED_HOURS = "closed-hours";

    /** (event id, series) → end of the time in which a repetition is rejected. */
    public static final String EVENT_IDS = "event-ids";

    /** "now" and "next" → the rule sets by which panes are sent. */
    public static final String RULES = "aggregate-rules";

    /** Has no content: see {@link CommitHook}. */
    public static final String COMMIT = "aggregate-commit";

    private AggregateStores() {}

    /** All stores of the stage. */
    public static Set<StoreBuilder<?>> builders() {
        return new LinkedHashSet<>(List.of(
                StoreBuilders.clock(CLOCK),
                StoreBuilders.shortLived(DELTAS),
                StoreBuilders.longLived(CLOSED_MINUTES),
                StoreBuilders.longLived(CLOSED_HOURS),
                StoreBuilders.inMemory(RULES, Serdes.String(), Serdes.ByteArray()),
                StoreBuilders.inMemory(EVENT_IDS, Serdes.Bytes(), Serdes.ByteArray()),
                CommitHook.builder(COMMIT)));
    }
}
