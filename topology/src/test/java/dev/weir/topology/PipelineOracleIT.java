package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.oracle.Comparison;
import dev.weir.testing.oracle.WindowOracle;
import dev.weir.testing.workload.Emission;
import dev.weir.testing.workload.FaultRates;
import dev.weir.testing.workload.Scenarios;
import dev.weir.testing.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Held to the independent recomputation: every window and every reject of disordered and faulty traffic, with the stream left
 * alone, stopped, and shared with another instance. All input ends in the past, so that only silence closes the last windows.
 */
final class PipelineOracleIT {
    private static final long SEED = 20_260_117;
    private static final int PARTS = 4;
    private static final Duration LENGTH = Duration.ofMinutes(8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path dir;

    private static EmbeddedBroker broker;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
    private final WindowOracle oracle = new WindowOracle();
    private final Map<RejectReason, Long> expectedRejects = new EnumMap<>(RejectReason.class);
    private ToIntFunction<String> partitionOf = key -> Math.floorMod(key.hashCode(), PipelineBench.PARTITIONS);
    private PipelineBench bench;
    private Iterator<Emission> emissions;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void prepare(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName()
                + test.getDisplayName().length();
        bench = new PipelineBench(broker, name, dir.resolve(name));
        emissions = Workload.of(SEED, start, List.of(Scenarios.uniform(45, 75)))
                .withDisorder(Workload.MAX_DISORDER)
                .withFaults(new FaultRates(0.01, 0.005, 0.005, 0.02))
                .emissions(start, start.plus(LENGTH));
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void windowsAndRejectsEqualTheOracle() throws Exception {
        try (PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, "")) {
            sendPart(PARTS);
            assertEqualsOracle();
            assertThat(streams.failure()).isEmpty();
        }
    }

    @Test
    void stopAndStartUnderLoadChangesNothing() throws Exception {
        for (int part = 1; part < PARTS; part += 2) {
            try (PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, "")) {
                sendPart(part);
                int before = (part - 1) * 100;
                await().atMost(PATIENCE).until(() -> bench.rejected().size() > before);
                assertThat(streams.failure()).isEmpty();
            }
        }
        try (PipelineStreams streams = bench.start(PipelineBench.SHORT_IDLE, "")) {
            sendPart(PARTS);
            assertEqualsOracle();
            assertThat(streams.failure()).isEmpty();
        }
    }

    @Test
    void instanceThatJoinsAndLeavesUnderLoadChangesNothing() throws Exception {
        try (PipelineStreams first = bench.start(PipelineBench.SHORT_IDLE, "")) {
            sendPart(1);
            try (PipelineStreams second = bench.startSecond(PipelineBench.SHORT_IDLE)) {
                sendPart(2);
                await().atMost(PATIENCE).until(() -> tasks(second) > 0);
                sendPart(3);
            }
            sendPart(PARTS);
            assertEqualsOracle();
            assertThat(first.failure()).isEmpty();
        }
    }

    @Test
    void taskThatMovesWhilePartitionsAreSilentHearsOfThemAgain() throws Exception {
        partitionOf = key -> 0;
        try (PipelineStreams first = bench.start(PipelineBench.SHORT_IDLE, "")) {
            sendPart(1);
            await().atMost(PATIENCE).until(() -> !bench.aggregates().isEmpty());
            try (PipelineStreams second = bench.startSecond(PipelineBench.SHORT_IDLE)) {
                await().atMost(PATIENCE).until(() -> tasks(second) > 0);
                sendPart(PARTS);
                assertEqualsOracle();
            }
            assertThat(first.failure()).isEmpty();
        }
    }

    static List<Named<Map<String, Object>>> memberships() {
        return List.of(
                Named.of(
                        "static members with standby replicas",
                        Map.of("num.standby.replicas", 1, "main.consumer.session.timeout.ms", 6_000)),
                Named.of("the streams protocol", Map.of("group.protocol", "streams")));
    }

    @ParameterizedTest
    @MethodSource("memberships")
    void instancesOfAnyMembershipGiveTheSameRows(Map<String, Object> config) throws Exception {
        boolean named = !config.containsKey("group.protocol");
        try (PipelineStreams first = bench.start(PipelineBench.SHORT_IDLE, "first", named("first", named, config))) {
            sendPart(1);
            for (int part = 2; part < PARTS; part++) {
                // The second time it returns to the partitions that it had under its name.
                try (PipelineStreams second =
                        bench.start(PipelineBench.SHORT_IDLE, "second", named("second", named, config))) {
                    await().atMost(PATIENCE).until(() -> tasks(second) > 0);
                    sendPart(part);
                }
            }
            sendPart(PARTS);
            assertEqualsOracle();
            assertThat(first.failure()).isEmpty();
        }
    }

    private static Map<String, Object> named(String instance, boolean named, Map<String, Object> config) {
        Map<String, Object> all = new HashMap<>(config);
        if (named) {
            all.put("group.instance.id", instance);
        }
        return all;
    }

    /** Sends what is left of the first {@code part} of {@link #PARTS} parts. */
    private void sendPart(int part) throws Exception {
        Instant until = part == PARTS
                ? Instant.MAX
                : start.plus(LENGTH.multipliedBy(part).dividedBy(PARTS));
        Instant due = Instant.MIN;
        while (due.isBefore(until) && emissions.hasNext()) {
            Emission next = emissions.next();
            due = next.due();
            bench.send(
                    partitionOf.applyAsInt(
                            String.valueOf(next.event().getLabels().get("endpoint"))),
                    next.event());
            if (next.expected() == null) {
                oracle.add(next.event());
            } else {
                expectedRejects.merge(next.expected().reason(), 1L, Long::sum);
            }
        }
        bench.flush();
    }

    private void assertEqualsOracle() {
        assertThat(oracle.events()).isGreaterThan(30_000);
        Instant closedUntil = start.plus(Duration.ofHours(1));
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<WindowAggregate> windows = bench.aggregates();
            Comparison comparison = oracle.compare(windows, closedUntil);
            assertThat(comparison.first()).isEmpty();
            assertThat(comparison.windows()).isGreaterThan(400);
            assertThat(rejects(bench.rejected())).isEqualTo(expectedRejects);
        });
    }

    private static Map<RejectReason, Long> rejects(List<RejectedEvent> rejected) {
        Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
        rejected.forEach(one -> counts.merge(one.getReason(), 1L, Long::sum));
        return counts;
    }

    private static int tasks(PipelineStreams streams) {
        KafkaStreams kafka = streams.kafkaStreams().orElseThrow();
        return kafka.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }
}
