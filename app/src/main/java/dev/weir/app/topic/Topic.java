package dev.weir.app.topic;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Weir's topics, with what each needs of the broker. Names are without the configurable prefix; renaming one is a state migration. */
public enum Topic {
    /** What services publish. The broker's own time judges whether an event lies in the future, in a replay as well. */
    EVENTS("events", Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")),
    /** Worker issues and monitoring events. */
    OPERATIONS("operations", Map.of()),
    AGGREGATES("aggregates", Map.of()),
    /** Every transition of every alert. */
    ALERTS("alerts", Map.of()),
    /** The latest transition of every alert. */
    ALERTS_STATE("alerts.state", Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)),
    REJECTED("rejected", Map.of()),
    /** Rule files by group, for reload without restart. */
    RULES("rules", Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));

    private final String suffix;
    private final Map<String, String> needs;

    Topic(String suffix, Map<String, String> needs) {
        this.suffix = suffix;
        this.needs = needs;
    }

    /** {@code events} of {@code weir.events}. */
    public String suffix() {
        return suffix;
    }

    /** The topic's configuration, complete: with the policy also where it is Kafka's default. */
    Map<String, String> configuration() {
        if (needs.containsKey(TopicConfig.CLEANUP_POLICY_CONFIG)) {
            return needs;
        }
        Map<String, String> all = new HashMap<>(needs);
        all.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        return all;
    }
}
