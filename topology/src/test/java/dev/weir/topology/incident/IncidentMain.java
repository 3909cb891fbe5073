package dev.weir.topology.incident;

import dev.weir.alerting.incident.EscalationLevel;
import dev.weir.alerting.incident.IncidentPolicy;
import dev.weir.topology.IncidentSettings;
import dev.weir.topology.IncidentStreams;
import dev.weir.topology.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The stream of incidents as a process of its own, to be killed. Arguments: bootstrap servers, registry, prefix, state directory. */
final class IncidentMain {
    /** The levels of S3-N2 in seconds instead of minutes. */
    static final IncidentPolicy IN_SECONDS = new IncidentPolicy(
            IncidentPolicy.DEFAULTS.similarLabels(),
            IncidentPolicy.DEFAULTS.mostSimilar(),
            IncidentPolicy.DEFAULTS.similarWindow(),
            IncidentPolicy.DEFAULTS.sameLabels(),
            Map.of(),
            IncidentPolicy.DEFAULTS.relatedWindow(),
            List.of(
                    new EscalationLevel("warning", Optional.of(Duration.ofSeconds(30))),
                    new EscalationLevel("critical", Optional.of(Duration.ofSeconds(12))),
                    new EscalationLevel("emergency", Optional.of(Duration.ofSeconds(3))),
                    new EscalationLevel("incident", Optional.empty())));

    private IncidentMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        IncidentSettings settings = new IncidentSettings(
                new Topics(arguments[2]),
                IN_SECONDS,
                Map.of("schema.registry.url", arguments[1]),
                Map.of(
                        "bootstrap.servers", arguments[0],
                        "application.id", arguments[2] + "-incidents",
                        "state.dir", arguments[3],
                        "replication.factor", 1,
                        "commit.interval.ms", 200,
                        "main.consumer.session.timeout.ms", 6_000,
                        "main.consumer.heartbeat.interval.ms", 500));
        try (IncidentStreams streams = new IncidentStreams(settings, InstantSource.system())) {
            streams.start();
            new CountDownLatch(1).await();
        }
    }
}
