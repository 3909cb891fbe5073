package dev.weir.topology.rule;

import dev.weir.topology.state.StoreBuilders;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores of the rule stage. Renaming one is a state migration. */
public final class RuleStores {
    /** "watermark" and group ids → ms up to which they have come. */
    static final String CLOCK = "rule-clock";

    /** (start, sequence) → pack of panes of a group. */
    static final String PANES = "rule-panes";

    /** Group, rule and fingerprint → the alert. */
    static final String ALERTS = "alerts";

    private RuleStores() {}

    /** All stores of the stage. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(
                StoreBuilders.clock(CLOCK),
                StoreBuilders.longLived(PANES),
                StoreBuilders.inMemory(ALERTS, Serdes.String(), Serdes.ByteArray()));
    }
}
