package dev.weir.app.topic;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Weir's topics, with what each needs of the broker. Names are without the configurable prefix; renaming one is a state migration. */
public enum Topic {
    /** What services publish. The broker's own time judges whether an event lies in the future, in a replay as well. */
    EVENTS("events", Policy.DELETE),
    /** Worker issues, monitoring events, slow queries, connections and schema versions. */
    OPERATIONS("operations", Policy.DELETE),
    AGGREGATES("aggregates", Policy.DELETE),
    /** Every transition of every alert. */
    ALERTS("alerts", Policy.DELETE),
    /** The latest transition of every alert. */
    ALERTS_STATE("alerts.state", Policy.COMPACT),
    REJECTED("rejected", Policy.DELETE),
    /** Every change of every incident, kept for good: they are few, and they are the history. */
    INCIDENTS("incidents", Policy.KEEP),
    /** Acknowledgements of incidents. */
    ACKS("acks", Policy.DELETE),
    /** Rule files by name: the rules that run, for reload without restart. */
    RULES("rules", Policy.COMPACT);

    private static final String APPEND_TIME = "LogAppendTime";

    private final String suffix;
    private final Policy policy;

    /** What the broker does with old records. */
    private enum Policy {
        DELETE(TopicConfig.CLEANUP_POLICY_DELETE),
        COMPACT(TopicConfig.CLEANUP_POLICY_COMPACT),
        /** Deletes nothing. */
        KEEP(TopicConfig.CLEANUP_POLICY_DELETE);

        private final String value;

        Policy(String value) {
            this.value = value;
        }
    }

    Topic(String suffix, Policy policy) {
        this.suffix = suffix;
        this.policy = policy;
    }

    /** {@code events} of {@code weir.events}. */
    public String suffix() {
        return suffix;
    }

    /**
     * The topic's configuration, also where it is Kafka's default: a broker may have another. Records have the time of their
     * append: what they say of last month must not be deleted as if it were a month old.
     */
    Map<String, String> configuration() {
        Map<String, String> all = new HashMap<>();
        all.put(TopicConfig.CLEANUP_POLICY_CONFIG, policy.value);
        all.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, APPEND_TIME);
        if (policy == Policy.KEEP) {
            all.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        }
        return all;
    }
}
