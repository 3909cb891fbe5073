package dev.weir.topology.rule;

import dev.weir.topology.state.StoreBuilders;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores of the rule stage. Renaming one is a state migration. */
public final class RuleStores {
    /** "watermark" and group ids → ms up to which they have come; what the stage before says of its rule set; how far a handover is. */
    static final String CLOCK = "rule-clock";

    /** "running" → the rule set that is evaluated. */
    static final String RULES = "rule-set";

    /** (start, sequence) → pack of panes of a group. */
    static final String PACKS = "rule-packs";

    /** Group, rule and fingerprint → the alert, with the time of its last transition. */
    static final String ALERTS = "rule-alerts";

    /** Group and rule → the series it recorded at its last tick. */
    static final String RECORDED = "recorded-series";

    /** (Change of rules, sequence) → what other partitions give to this one. */
    static final String MOVED = "rule-moved";

    private RuleStores() {}

    /** All stores of the stage. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(
                StoreBuilders.clock(CLOCK),
                StoreBuilders.inMemory(RULES, Serdes.String(), Serdes.ByteArray()),
                StoreBuilders.longLived(PACKS),
                StoreBuilders.longLived(MOVED),
                StoreBuilders.inMemory(ALERTS, Serdes.String(), Serdes.ByteArray()),
                StoreBuilders.inMemory(RECORDED, Serdes.String(), Serdes.ByteArray()));
    }
}
