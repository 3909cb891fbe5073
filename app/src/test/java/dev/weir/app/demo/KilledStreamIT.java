package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.app.config.ConfigReader;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.produce.EventSender;
import dev.weir.app.produce.RateLimit;
import dev.weir.app.topic.TopicSetup;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.oracle.Comparison;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import dev.weir.testing.registry.EmbeddedRegistry;
import dev.weir.testing.workload.Emission;
import dev.weir.testing.workload.FaultRates;
import dev.weir.testing.workload.Scenarios;
import dev.weir.testing.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream and sink that are killed while they work must lose nothing and count nothing twice. */
final class KilledStreamIT {
    private static final int EVENTS = Integer.getInteger("weir.kill.events", 500_000);
    private static final int KILLS = Integer.getInteger("weir.kill.kills", 3);
    private static final double SENT_PER_SECOND = 25_000;
    private static final int SERIES = 200;
    private static final double EVENTS_PER_SECOND = 200;
    /** All windows are closed: the input has fallen silent. */
    private static final Instant ALL = Instant.ofEpochMilli(Long.MAX_VALUE / 2);

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @TempDir
    private Path directory;

    @Test
    void rowsAreExactWhenTheProcessIsKilledInTheMiddleOfAMillionEvents() throws Exception {
        long seed = Long.getLong("weir.kill.seed", new Random().nextLong(1_000_000));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(0, null);
                EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"), 0)) {
            Path file = directory.resolve("weir.yml");
            Files.writeString(file, yaml(broker, registry, postgres));
            WeirConfig config =
                    new ConfigReader(Map.of()).read(Optional.of(file), Map.of()).config();
            Path log = Path.of("target", "killed-stream.log");
            Files.deleteIfExists(log);
            TopicSetup.createMissing(config.kafka(), config.topics());
            Random random = new Random(seed);
            try (Committed committed = new Committed(config)) {
                StreamProcess process = StreamProcess.start(file, "stream,sink", log);
                ExecutorService sending = Executors.newSingleThreadExecutor();
                try {
                    AtomicLong sent = new AtomicLong();
                    AtomicLong released = new AtomicLong(releasedBefore(1));
                    Future<Traffic> traffic = sending.submit(() -> send(config, seed, sent, released));
                    for (int kill = 1; kill <= KILLS; kill++) {
                        long least = (long) EVENTS * kill / (KILLS + 1) + random.nextInt(EVENTS / 20);
                        await().atMost(PATIENCE).until(() -> sent.get() - committed.lag() >= least);
                        process.kill();
                        process = StreamProcess.start(file, "stream,sink", log);
                        released.set(releasedBefore(kill + 1));
                    }
                    Traffic all = traffic.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    StreamProcess last = process;
                    await().atMost(PATIENCE).until(() -> committed.lag() == 0 || !last.isAlive());
                    awaitExact(config, all, seed);
                } finally {
                    sending.shutdownNow();
                    process.stop();
                }
            }
        }
    }

    /** How many events are sent before a kill at most: more than it waits for, and never all. */
    private static long releasedBefore(int kill) {
        return EVENTS * (2L * kill + 1) / (2L * (KILLS + 1));
    }

    /** Sends what is released, at a steady pace: whenever the stream is killed it holds events that it has not committed. */
    private static Traffic send(WeirConfig config, long seed, AtomicLong sent, AtomicLong released) {
        // A past hour: silence closes all its windows at once.
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Instant start = end.minusSeconds((long) (EVENTS / EVENTS_PER_SECOND));
        Workload workload = Workload.of(seed, start, List.of(Scenarios.uniform(SERIES, EVENTS_PER_SECOND)))
                .withDisorder(Duration.ofSeconds(1))
                .withFaults(new FaultRates(0.001, 0.0005, 0, 0.001));
        try (EventSender sender = new EventSender(config, null)) {
            Traffic traffic = new Traffic(sender);
            Iterator<Emission> emissions = workload.emissions(start, end);
            RateLimit pace = new RateLimit(SENT_PER_SECOND, System::nanoTime);
            while (emissions.hasNext() && traffic.events() < EVENTS) {
                if (traffic.events() >= released.get()) {
                    await().atMost(PATIENCE).until(() -> traffic.events() < released.get());
                }
                pace.await();
                traffic.send(emissions.next());
                sent.set(traffic.events());
            }
            traffic.finish();
            return traffic;
        }
    }

    private static void awaitExact(WeirConfig config, Traffic traffic, long seed) {
        List<WindowAggregate> windows = new ArrayList<>();
        try (TopicReader<WindowAggregate> aggregates = new TopicReader<>(config, "aggregates")) {
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(3)).untilAsserted(() -> {
                aggregates.readToEnd(windows::add);
                Comparison onTopic = traffic.oracle().compare(windows, ALL);
                assertThat(onTopic.first()).as("windows, seed %s", seed).isEmpty();
                assertThat(onTopic.windows()).isGreaterThan(SERIES);
                Comparison inTable = traffic.oracle().compareHourly(new HourlyTable(config.store()).rows(), ALL);
                assertThat(inTable.first()).as("hourly rows, seed %s", seed).isEmpty();
                assertThat(inTable.windows()).isPositive();
            });
        }
        Set<String> published = new HashSet<>();
        for (WindowAggregate window : windows) {
            String revision = window.getMetric() + window.getService() + window.getLabels() + window.getWindowStart()
                    + window.getWindowEnd() + "#" + window.getRevision();
            assertThat(published.add(revision))
                    .as("published once: %s", revision)
                    .isTrue();
        }
    }

    private String yaml(EmbeddedBroker broker, EmbeddedRegistry registry, EmbeddedPostgresServer postgres) {
        return """
                kafka:
                  bootstrap.servers: %s
                schema.registry:
                  url: %s
                topics:
                  replication: 1
                time:
                  idle: 5s
                store:
                  url: %s
                  user: %s
                stream:
                  state-dir: %s
                """.formatted(
                        broker.bootstrapServers(),
                        registry.url(),
                        postgres.jdbcUrl(),
                        postgres.user(),
                        directory.resolve("state"));
    }
}
