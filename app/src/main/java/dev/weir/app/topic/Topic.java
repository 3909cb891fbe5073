package dev.weir.app.topic;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Weir's topics, with what each needs of the broker. Names are without the configurable prefix; renaming one is a state migration. */
public enum Topic {
    /** What services publish. The broker's own time judges whether an event lies in the future, in a replay as well. */
    EVENTS("events", Policy.DELETE, Clock.BROKER),
    /** Worker issues and monitoring events. */
    OPERATIONS("operations", Policy.DELETE, Clock.PRODUCER),
    AGGREGATES("aggregates", Policy.DELETE, Clock.PRODUCER),
    /** Every transition of every alert. */
    ALERTS("alerts", Policy.DELETE, Clock.PRODUCER),
    /** The latest transition of every alert. */
    ALERTS_STATE("alerts.state", Policy.COMPACT, Clock.PRODUCER),
    REJECTED("rejected", Policy.DELETE, Clock.PRODUCER),
    /** Rule files by group, for reload without restart. */
    RULES("rules", Policy.COMPACT, Clock.PRODUCER);

    private final String suffix;
    private final Policy policy;
    private final Clock clock;

    /** What the broker does with old records. */
    private enum Policy {
        DELETE(TopicConfig.CLEANUP_POLICY_DELETE),
        COMPACT(TopicConfig.CLEANUP_POLICY_COMPACT);

        private final String value;

        Policy(String value) {
            this.value = value;
        }
    }

    /** Whose clock gives a record its timestamp. */
    private enum Clock {
        BROKER("LogAppendTime"),
        PRODUCER("CreateTime");

        private final String value;

        Clock(String value) {
            this.value = value;
        }
    }

    Topic(String suffix, Policy policy, Clock clock) {
        this.suffix = suffix;
        this.policy = policy;
        this.clock = clock;
    }

    /** {@code events} of {@code weir.events}. */
    public String suffix() {
        return suffix;
    }

    /** The topic's configuration, also where it is Kafka's default: a broker may have another. */
    Map<String, String> configuration() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, policy.value,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, clock.value);
    }
}
