package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import dev.weir.testing.kafka.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts move by event time only, and a restart forgets nothing of them. No partition is ever idle here. */
final class AlertingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String RULES = """
            groups:
              - name: depth
                rules:
                  - alert: Deep
                    expr: queue_depth > 5
                    for: 1m
              - name: absence
                rules:
                  - alert: NeverThere
                    expr: absent(no_such_metric)
            """;

    @TempDir
    private static Path dir;

    private static EmbeddedBroker broker;

    private final Instant base = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void pendingAlertKeepsItsBeginningAcrossARestartThenFiresAndIsResolved() throws Exception {
        try (PipelineBench bench = new PipelineBench(broker, "alerting", dir.resolve("alerting"))) {
            try (PipelineStreams streams = bench.start(PipelineBench.NEVER_IDLE, RULES)) {
                send(bench, 0, 60, 1);
                send(bench, 60, 90, 9);
                send(bench, 90, 100, 9);
                await().atMost(PATIENCE).until(() -> deep(bench.alerts()).size() == 1);
                assertThat(streams.failure()).isEmpty();
            }
            try (PipelineStreams streams = bench.start(PipelineBench.NEVER_IDLE, RULES)) {
                send(bench, 100, 180, 9);
                send(bench, 180, 240, 1);
                await().atMost(PATIENCE).until(() -> deep(bench.alerts()).size() >= 3);
                assertThat(streams.failure()).isEmpty();
            }
            List<AlertTransition> deep = deep(bench.alerts());
            assertThat(deep)
                    .extracting(AlertTransition::getState)
                    .containsExactly(AlertState.PENDING, AlertState.FIRING, AlertState.RESOLVED);
            assertThat(deep).extracting(AlertTransition::getSequence).containsExactly(1L, 2L, 3L);
            assertThat(deep).extracting(AlertTransition::getActiveAt).containsOnly(base.plusSeconds(70));
            assertThat(deep)
                    .extracting(AlertTransition::getEvaluatedAt)
                    .containsExactly(base.plusSeconds(70), base.plusSeconds(130), base.plusSeconds(190));
            assertThat(deep.get(2).getReason()).isEqualTo(ResolveReason.CLEARED);
            assertThat(deep)
                    .extracting(AlertTransition::getStartsAt)
                    .containsExactly(null, base.plusSeconds(130), base.plusSeconds(130));

            List<AlertTransition> absent =
                    bench.alerts().stream().filter(one -> !isDeep(one)).toList();
            assertThat(absent).extracting(AlertTransition::getState).containsExactly(AlertState.FIRING);
            assertThat(bench.alertStates()).containsExactlyInAnyOrderElementsOf(bench.alerts());
        }
    }

    @Test
    void silentInputEndsAlertsOfWhatHasVanishedAndRaisesThoseOfWhatIsAbsent() throws Exception {
        String rules = """
                groups:
                  - name: depth
                    rules:
                      - alert: Deep
                        expr: queue_depth > 5
                      - alert: Gone
                        expr: absent(queue_depth)
                        for: 1m
                """;
        try (PipelineBench bench = new PipelineBench(broker, "silent", dir.resolve("silent"));
                PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, rules)) {
            send(bench, 0, 30, 9);
            await().atMost(PATIENCE).until(() -> bench.alerts().size() >= 4);
            assertThat(bench.alerts())
                    .filteredOn(AlertingIT::isDeep)
                    .extracting(one -> one.getState() + " " + one.getReason() + " " + one.getEvaluatedAt())
                    .containsExactly(
                            "FIRING null " + base.plusSeconds(10), "RESOLVED NO_DATA " + base.plusSeconds(330));
            assertThat(bench.alerts())
                    .filteredOn(one -> !isDeep(one))
                    .extracting(one -> one.getState() + " " + one.getEvaluatedAt())
                    .containsExactly("PENDING " + base.plusSeconds(330), "FIRING " + base.plusSeconds(390));
            assertThat(streams.failure()).isEmpty();
        }
    }

    @Test
    void partitionThatStandsStillEndsNoAlert() throws Exception {
        try (PipelineBench bench = new PipelineBench(broker, "stalled", dir.resolve("stalled"));
                PipelineStreams streams = bench.start(PipelineBench.NEVER_IDLE, RULES)) {
            send(bench, 0, 120, 9);
            await().atMost(PATIENCE).until(() -> deep(bench.alerts()).size() == 2);
            // The first partition says that all is well, the others say nothing: they may be behind.
            for (int second = 120; second < 900; second++) {
                bench.send(0, Events.gauge(base.plusSeconds(second), "queue_depth", 1));
            }
            bench.flush();
            await().during(Duration.ofSeconds(4))
                    .atMost(PATIENCE)
                    .until(() -> deep(bench.alerts()).size() == 2);
            send(bench, 900, 910, 1);
            await().atMost(PATIENCE).until(() -> deep(bench.alerts()).size() == 3);
            assertThat(deep(bench.alerts()).get(2).getEvaluatedAt()).isEqualTo(base.plusSeconds(130));
            assertThat(streams.failure()).isEmpty();
        }
    }

    /** One sample a second on every partition: a full clock. */
    private void send(PipelineBench bench, int fromSecond, int toSecond, double depth) throws Exception {
        for (int second = fromSecond; second < toSecond; second++) {
            Instant time = base.plusSeconds(second);
            bench.send(0, Events.gauge(time, "queue_depth", depth));
            bench.send(1, Events.gauge(time, "clock_one", 1));
            bench.send(2, Events.gauge(time, "clock_two", 1));
        }
        bench.flush();
    }

    private static List<AlertTransition> deep(List<AlertTransition> alerts) {
        return alerts.stream().filter(AlertingIT::isDeep).toList();
    }

    private static boolean isDeep(AlertTransition alert) {
        return Objects.equals(alert.getAlertname(), "Deep");
    }
}
