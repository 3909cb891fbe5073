package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.oracle.WindowOracle;
import dev.weir.testing.registry.EmbeddedRegistry;
import dev.weir.testing.workload.Emission;
import dev.weir.testing.workload.Scenarios;
import dev.weir.testing.workload.Workload;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that cannot be asked is waited for: nothing is rejected, nothing lost. */
final class RegistryOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] GARBAGE = {7};

    /** Of the same registry, with a cache of its own: what the bench knows of it the stream does not. */
    private static final String OTHER_PATH = "/apis/ccompat/v7";

    @TempDir
    private static Path dir;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));

    /** A reject before the outage makes its schema known to the stream, so that it could reject during it. */
    @Test
    void outageRejectsAndLosesNothing() throws Exception {
        Path registryDir = dir.resolve("registry");
        EmbeddedRegistry registry = EmbeddedRegistry.start(0, registryDir);
        String url = registry.url();
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
                PipelineBench bench = new PipelineBench(broker, "outage", dir.resolve("outage"), url);
                PipelineStreams streams = bench.startWithRegistry(PipelineBench.SHORT_IDLE, url + OTHER_PATH)) {
            bench.encode(Events.gauge(start, "registers_the_schema", 1));
            bench.sendBytes(0, GARBAGE);
            await().atMost(PATIENCE).until(() -> bench.rejected().size() == 1);
            registry.close();

            WindowOracle oracle = new WindowOracle();
            send(bench, oracle);
            await().dontCatchUncaughtExceptions()
                    .failFast(
                            "an event is rejected",
                            () -> assertThat(bench.rejected()).hasSize(1))
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> failedThreads(streams) >= 2);

            try (EmbeddedRegistry again = EmbeddedRegistry.start(URI.create(url).getPort(), registryDir)) {
                assertThat(again.url()).isEqualTo(url);
                await().dontCatchUncaughtExceptions()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(
                                        oracle.compare(bench.aggregates(), start.plus(Duration.ofHours(1)))
                                                .first())
                                .isEmpty());
                assertThat(bench.rejected())
                        .singleElement()
                        .satisfies(one -> assertThat(one.getOriginal()).isEqualTo(ByteBuffer.wrap(GARBAGE)));
                assertThat(streams.failure()).isEmpty();
            }
        } finally {
            registry.close();
        }
    }

    private void send(PipelineBench bench, WindowOracle oracle) throws Exception {
        Iterator<Emission> emissions = Workload.of(5, start, List.of(Scenarios.uniform(20, 20)))
                .emissions(start, start.plus(Duration.ofMinutes(3)));
        while (emissions.hasNext()) {
            Emission next = emissions.next();
            oracle.add(next.event());
            bench.send((int) (oracle.events() % PipelineBench.PARTITIONS), next.event());
        }
        bench.flush();
    }

    private static double failedThreads(PipelineStreams streams) {
        KafkaStreams kafka = streams.kafkaStreams().orElseThrow();
        return kafka.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("failed-stream-threads"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }
}
