package dev.weir.app.demo;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.produce.EventSender;
import dev.weir.app.topic.Topic;
import dev.weir.events.ConnectionState;
import dev.weir.events.ConnectionStatistics;
import dev.weir.events.MonitoringEvent;
import dev.weir.events.SchemaVersion;
import dev.weir.events.SlowQuery;
import dev.weir.events.WorkerIssue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the people and machines of the five systems report besides measurements: one troubled afternoon, and what is left of it. */
final class Operations {
    private static final String ISSUE = "producers-tracks-stuck";
    private static final String WORKER = "tracks-worker-2";

    private Operations() {}

    /** Sends all of it; returns when Kafka has it. */
    static void send(WeirConfig config, Instant present) {
        try (EventSender sender = new EventSender(config, config.topics().name(Topic.OPERATIONS.suffix()))) {
            issues(sender, present);
            versions(sender, present);
            lakehouse(sender, present);
            sender.finish();
        }
    }

    private static void issues(EventSender sender, Instant present) {
        Instant stuck = present.minus(Duration.ofMinutes(140));
        Instant freed = present.minus(Duration.ofMinutes(128));
        sender.send(ISSUE, issue(ISSUE, stuck, "stuck_message", "critical", "25 messages stay invisible", null));
        sender.send("producers", event(stuck, "queue_monitoring_run", "{\"queue\": \"tracks\", \"stuck\": 25}"));
        sender.send(ISSUE, issue(ISSUE, freed, "stuck_message", "critical", "25 messages stay invisible", "restarted"));
        sender.send("producers", event(freed, "system_reset", "{\"worker\": \"" + WORKER + "\"}"));
        String open = "producers-genius-quota";
        sender.send(open, issue(open, freed, "quota", "warning", "Genius allows 10 % of the calls it did", null));
    }

    /** Staging is one migration ahead of its API, as during any deployment. */
    private static void versions(EventSender sender, Instant present) {
        for (String component : List.of("api", "database", "events")) {
            version(sender, present, "production", component, "41");
            version(sender, present, "staging", component, component.equals("api") ? "41" : "42");
        }
    }

    private static void lakehouse(EventSender sender, Instant present) {
        String hash = "5f2c1c0e9b7a4d31";
        for (int minutes = 15; minutes >= 0; minutes -= 5) {
            Instant at = present.minus(Duration.ofMinutes(minutes));
            sender.send(
                    hash,
                    new SlowQuery(
                            at,
                            "lakehouse",
                            hash,
                            "SELECT region, sum(amount) FROM sales WHERE day > $1 GROUP BY region",
                            1_840 - 20.0 * minutes,
                            400L - minutes,
                            null));
            sender.send(
                    "lakehouse",
                    new ConnectionStatistics(
                            at,
                            "lakehouse",
                            List.of(
                                    new ConnectionState("active", 12, 900L),
                                    new ConnectionState("idle", 31, 240_000L),
                                    new ConnectionState("idle in transaction", 1, 62_000L))));
        }
    }

    private static void version(
            EventSender sender, Instant present, String environment, String component, String version) {
        sender.send(environment, new SchemaVersion(present, environment, component, version));
    }

    private static WorkerIssue issue(
            String id, Instant at, String type, String severity, String message, @Nullable String resolution) {
        return new WorkerIssue(
                at,
                id,
                WORKER,
                type,
                severity,
                message,
                "{\"system\": \"producers\"}",
                resolution != null,
                resolution);
    }

    private static MonitoringEvent event(Instant at, String type, String details) {
        return new MonitoringEvent(at, type, "producers", details);
    }
}
