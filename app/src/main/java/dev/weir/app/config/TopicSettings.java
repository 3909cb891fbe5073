package dev.weir.app.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names and shape of Weir's topics.
 *
 * @param prefix first part of every name: {@code weir} gives {@code weir.events}
 * @param partitions of a topic that Weir creates
 * @param replication factor of a topic that Weir creates; empty: the broker's default
 */
public record TopicSettings(String prefix, int partitions, Optional<Integer> replication) {
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,99}");

    static TopicSettings read(Section section) {
        String prefix = section.text("prefix", "weir");
        section.require(
                PREFIX.matcher(prefix).matches(),
                "prefix",
                "is " + prefix + ", must be 1 to 100 letters, digits, dots, dashes or underscores");
        return new TopicSettings(
                prefix,
                section.integer("partitions", 4, 1, 10_000),
                section.optionalInteger("replication", "broker", 1, 100));
    }

    /** The full name of one of Weir's topics. */
    public String name(String topic) {
        return prefix + "." + topic;
    }
}
