package dev.weir.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How the Kafka Streams application runs.
 *
 * @param applicationId consumer group and prefix of internal topics; another one starts from nothing
 * @param commitInterval how often is committed while events are of the present, or all are read
 * @param backlogCommitInterval how often at least, so of a backlog
 * @param stateDir must outlive a restart: the transactional id hangs on the process id kept there
 */
public record StreamSettings(
        String applicationId,
        int threads,
        Path stateDir,
        Guarantee guarantee,
        Duration commitInterval,
        Duration backlogCommitInterval,
        GroupProtocol groupProtocol) {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

    /** How often an event counts when a process dies. */
    public enum Guarantee {
        EXACTLY_ONCE_V2,
        AT_LEAST_ONCE
    }

    /** Kafka's protocol for the members of the group. */
    public enum GroupProtocol {
        CLASSIC,
        STREAMS
    }

    static StreamSettings read(Section section, Path dataHome) {
        String id = section.text("application-id", "weir");
        section.require(
                ID.matcher(id).matches(),
                "application-id",
                "is " + id + ", must be 1 to 200 letters, digits, dots, dashes or underscores");
        Duration commitInterval = section.duration("commit-interval", Duration.ofSeconds(1), Duration.ofMillis(10));
        Duration backlog = section.duration("backlog-commit-interval", Duration.ofSeconds(5), Duration.ofMillis(10));
        section.require(
                backlog.compareTo(commitInterval) >= 0,
                "backlog-commit-interval",
                "is " + DurationText.format(backlog) + ", must be >= stream.commit-interval, which is "
                        + DurationText.format(commitInterval));
        return new StreamSettings(
                id,
                section.integer("threads", 2, 1, 64),
                Path.of(section.text("state-dir", dataHome.resolve("state").toString())),
                section.choice("guarantee", Guarantee.EXACTLY_ONCE_V2, Guarantee.values()),
                commitInterval,
                backlog,
                section.choice("group-protocol", GroupProtocol.CLASSIC, GroupProtocol.values()));
    }
}
