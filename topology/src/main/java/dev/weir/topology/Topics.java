package dev.weir.topology;

/**
 * The names of Weir's topics.
 *
 * @param prefix what all names begin with, {@code weir} by default
 */
public record Topics(String prefix) {
    public Topics {
        if (!prefix.matches("[a-zA-Z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "prefix is '" + prefix + "', must be 1 to 100 of [a-zA-Z0-9._-] (topics.prefix)");
        }
    }

    /** Any key → MetricEvent, MetricBatch or HistogramEvent. */
    public String events() {
        return prefix + ".events";
    }

    /** Series key → WindowAggregate. */
    public String aggregates() {
        return prefix + ".aggregates";
    }

    /** Fingerprint → AlertTransition: the full log. */
    public String alerts() {
        return prefix + ".alerts";
    }

    /** Fingerprint → the latest AlertTransition; compacted. */
    public String alertStates() {
        return prefix + ".alerts.state";
    }

    /** Incident → Incident: every change of every incident. */
    public String incidents() {
        return prefix + ".incidents";
    }

    /** Incident → IncidentAcknowledgement. */
    public String acknowledgements() {
        return prefix + ".acks";
    }

    /** Source coordinates → RejectedEvent. */
    public String rejected() {
        return prefix + ".rejected";
    }

    /** Name of a rule file → its text; compacted. */
    public String rules() {
        return prefix + ".rules";
    }
}
