package dev.weir.sink;

import static dev.weir.sink.Aggregates.HOUR;
import static dev.weir.sink.Aggregates.hourly;
import static dev.weir.sink.Aggregates.hourlyAt;
import static dev.weir.sink.Scene.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.serde.RegistryUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** PostgreSQL, the registry or the owner goes away in the middle: nothing is lost and nothing is stored twice. */
@ExtendWith(Servers.Extension.class)
final class SinkOutageIT {
    /** 600 for the ten minutes that must be survived. */
    private static final int OUTAGE_S = Integer.getInteger("weir.store.outage-seconds", 4);

    private static final int WINDOWS_A_SECOND = 200;

    @Test
    void postgresKilledInTheMiddleLosesAndDoublesNothing(Servers servers) {
        try (Scene scene = new Scene(servers, "outage", 2);
                PostgresSink sink = scene.startSink()) {
            sendHours(scene, 0, 3_000);
            await().atMost(LIMIT).until(() -> scene.storedRecords() > 0);
            servers.killPostgres();
            sendHours(scene, 3_000, 4_000);
            await().atMost(LIMIT).until(() -> sink.status().state() == SinkStatus.State.PAUSED);
            assertThat(sink.healthy()).isFalse();
            assertThat(sink.status().reason()).contains("SQLSTATE");
            servers.restartPostgres();
            scene.awaitStored(sink, 4_000);
            assertThat(scene.count("outage_seconds")).isEqualTo(4_000);
            assertThat(scene.wholesDiffer("outage_seconds")).isFalse();
            await().atMost(LIMIT).until(sink::healthy);
            assertThat(sink.status().reason()).isNull();
            assertThat(sink.status().lastError()).contains("SQLSTATE");
            assertThat(sink.status().recordsRejected()).isZero();
        }
    }

    @Test
    void backlogDrainsInLessThanTwiceTheOutageWhileAggregationGoesOn(Servers servers) throws InterruptedException {
        try (Scene scene = new Scene(servers, "backlog", 4);
                PostgresSink sink = scene.startSink()) {
            AtomicInteger sent = new AtomicInteger();
            ScheduledExecutorService stream = Executors.newSingleThreadScheduledExecutor();
            ScheduledFuture<?> sending = stream.scheduleAtFixedRate(
                    () -> sendSeries(scene, sent, WINDOWS_A_SECOND / 5), 0, 200, TimeUnit.MILLISECONDS);
            await().atMost(LIMIT).until(() -> scene.storedRecords() > WINDOWS_A_SECOND);
            servers.killPostgres();
            long downNanos = System.nanoTime();
            TimeUnit.SECONDS.sleep(OUTAGE_S);
            servers.restartPostgres();
            long upNanos = System.nanoTime();
            int backlog = sent.get();
            await().atMost(Duration.ofSeconds(3L * OUTAGE_S).plus(LIMIT))
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> scene.storedRecords() >= sent.get() - WINDOWS_A_SECOND / 2);
            double drained = (System.nanoTime() - upNanos) / 1e9;
            double outage = (upNanos - downNanos) / 1e9;
            sending.cancel(false);
            stream.shutdown();
            assertThat(stream.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            System.out.printf("outage %.1f s, sent by then %d, drained in %.1f s%n", outage, backlog, drained);
            assertThat(drained).isLessThan(2 * outage);
            scene.awaitStored(sink, sent.get());
            assertThat(scene.count("backlog_seconds")).isEqualTo(sent.get());
        }
    }

    @Test
    void sinkStartedWhilePostgresIsAwayBeginsWhenItIsThere(Servers servers) {
        try (Scene scene = new Scene(servers, "late-start", 1)) {
            sendHours(scene, 0, 10);
            servers.killPostgres();
            try (PostgresSink sink = scene.startSink()) {
                await().atMost(LIMIT).until(() -> sink.status().state() == SinkStatus.State.PAUSED);
                servers.restartPostgres();
                scene.awaitStored(sink, 10);
                assertThat(scene.count("late-start_seconds")).isEqualTo(10);
            }
        }
    }

    @Test
    void sinkClosedWhilePostgresIsAwayEndsSoon(Servers servers) {
        try (Scene scene = new Scene(servers, "late-close", 1)) {
            servers.killPostgres();
            PostgresSink sink = scene.startSink();
            try {
                await().atMost(LIMIT).until(() -> sink.status().state() == SinkStatus.State.PAUSED);
            } finally {
                sink.close();
                servers.restartPostgres();
            }
            assertThat(sink.status().state()).isEqualTo(SinkStatus.State.CLOSED);
        }
    }

    @Test
    void ownerThatVanishesAfterItsCommitIsFollowedWithoutALossOrADouble(Servers servers) {
        try (Scene scene = new Scene(servers, "vanish", 2)) {
            sendHours(scene, 0, 100);
            try (PostgresSink first = scene.startSink()) {
                scene.awaitStored(first, 100);
            }
            String before = scene.rows("vanish_seconds");
            try (PostgresSink second = scene.startSink()) {
                sendHours(scene, 100, 150);
                scene.awaitStored(second, 150);
                assertThat(second.status().rowsWritten()).isEqualTo(50);
            }
            assertThat(scene.count("vanish_seconds")).isEqualTo(150);
            assertThat(scene.rows("vanish_seconds").lines())
                    .containsAll(before.lines()
                            .filter(row -> row.contains(",hourly,"))
                            .toList());
            assertThat(scene.wholesDiffer("vanish_seconds")).isFalse();
        }
    }

    @Test
    void ownerThatStandsStillInACopyIsFollowed(Servers servers) throws SQLException {
        try (Scene scene = new Scene(servers, "frozen", 1)) {
            sendHours(scene, 0, 10);
            try (PostgresSink first = scene.startSink()) {
                scene.awaitStored(first, 10);
            }
            SinkSettings settings = scene.settings();
            try (Connection frozen = DriverManager.getConnection(
                    settings.jdbcUrl() + "&ApplicationName=weir-sink", settings.user(), settings.password())) {
                frozen.setAutoCommit(false);
                try (Statement lock = frozen.createStatement()) {
                    lock.execute("SELECT 1 FROM weir.sink_offsets WHERE topic = '" + scene.topic + "' FOR UPDATE");
                }
                CopyIn copy =
                        frozen.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY weir.sink_rejects FROM STDIN");
                sendHours(scene, 10, 20);
                try (PostgresSink second = scene.startSink()) {
                    scene.awaitStored(second, 20);
                }
                assertThatThrownBy(copy::endCopy).hasMessageContaining("connection failed");
                frozen.abort(Runnable::run);
            }
            assertThat(scene.count("frozen_seconds")).isEqualTo(20);
        }
    }

    @Test
    void twoSinksShareTheTopicAndOneTakesOverFromTheOther(Servers servers) {
        try (Scene scene = new Scene(servers, "share", 4);
                PostgresSink first = scene.startSink()) {
            sendHours(scene, 0, 1_000);
            try (PostgresSink second = scene.startSink()) {
                await().atMost(LIMIT).until(() -> epochsRaisedTwice(scene));
                sendHours(scene, 1_000, 2_000);
                scene.awaitStored(second, 2_000);
            }
            sendHours(scene, 2_000, 2_500);
            scene.awaitStored(first, 2_500);
            assertThat(scene.count("share_seconds")).isEqualTo(2_500);
            assertThat(scene.wholesDiffer("share_seconds")).isFalse();
        }
    }

    @Test
    void ownerWithAnOldEpochIsRefusedAndJoinsAgain(Servers servers) {
        try (Scene scene = new Scene(servers, "zombie", 1);
                PostgresSink sink = scene.startSink()) {
            sendHours(scene, 0, 10);
            scene.awaitStored(sink, 10);
            OffsetLedger.Claim other = scene.claimElsewhere(0);
            assertThat(other).isEqualTo(new OffsetLedger.Claim(10, 2));
            sendHours(scene, 10, 20);
            scene.awaitStored(sink, 20);
            assertThat(scene.number("SELECT owner_epoch FROM weir.sink_offsets WHERE topic = '" + scene.topic + "'"))
                    .isEqualTo(3);
            assertThat(scene.count("zombie_seconds")).isEqualTo(20);
        }
    }

    @Test
    void registryOutageIsWaitedOutAndRejectsNothing(Servers servers) {
        AtomicInteger failures = new AtomicInteger(5);
        Deserializer<WindowAggregate> real = Aggregates.decoder();
        Deserializer<WindowAggregate> flaky = (topic, bytes) -> {
            if (failures.getAndDecrement() > 0) {
                throw new RegistryUnavailableException("registry is away");
            }
            return real.deserialize(topic, new RecordHeaders(), bytes);
        };
        try (Scene scene = new Scene(servers, "registry", 1);
                PostgresSink sink = scene.startSink(flaky)) {
            scene.send(hourly("registry_seconds", 0, 1));
            scene.awaitStored(sink, 1);
            assertThat(scene.count("registry_seconds")).isEqualTo(1);
            assertThat(sink.status().lastError()).isEqualTo("RegistryUnavailableException: registry is away");
            assertThat(sink.status().recordsRejected()).isZero();
        }
    }

    @Test
    void missingTableFailsTheSinkAndSaysSo(Servers servers) {
        try (Scene scene = new Scene(servers, "no-table", 1)) {
            scene.execute("ALTER TABLE weir.sink_offsets RENAME TO sink_offsets_away");
            try (PostgresSink sink = scene.startSink()) {
                await().atMost(LIMIT).until(() -> sink.status().state() == SinkStatus.State.FAILED);
                assertThat(sink.status().reason())
                        .isEqualTo("SQLSTATE 42P01: ERROR: relation \"weir.sink_offsets\" does not exist");
            } finally {
                scene.execute("ALTER TABLE weir.sink_offsets_away RENAME TO sink_offsets");
            }
        }
    }

    private static void sendSeries(Scene scene, AtomicInteger sent, int count) {
        WindowAggregate[] aggregates = new WindowAggregate[count];
        for (int i = 0; i < count; i++) {
            aggregates[i] = hourly("backlog_seconds", Map.of("series", Integer.toString(sent.get() + i)));
        }
        scene.send(aggregates);
        sent.addAndGet(count);
    }

    private static void sendHours(Scene scene, int from, int to) {
        WindowAggregate[] aggregates = new WindowAggregate[to - from];
        String metric = scene.topic.substring("aggregates.".length()) + "_seconds";
        for (int i = from; i < to; i++) {
            aggregates[i - from] = hourlyAt(metric, HOUR.plus(Duration.ofHours(i)));
        }
        scene.send(aggregates);
    }

    private static boolean epochsRaisedTwice(Scene scene) {
        return scene.number("SELECT count(*) FROM weir.sink_offsets WHERE owner_epoch >= 2 AND topic = '" + scene.topic
                        + "'")
                == 4;
    }
}
