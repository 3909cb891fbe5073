package dev.weir.sink.fault;

import static org.awaitility.Awaitility.await;

import dev.weir.sink.PostgresSink;
import dev.weir.sink.SinkMigrations;
import dev.weir.sink.SinkSettings;
import dev.weir.sink.SinkStatus;
import dev.weir.sink.SinkTopic;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import dev.weir.testing.proxy.PostgresProxy;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * All that the fault run needs: a broker, a registry, PostgreSQL, and two sinks of one group, one in this process and one in a
 * process of its own, each behind a proxy of its own. The sinks' user has a password and only the rights it needs.
 */
final class StoreMachine implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(90);

    private static final String DATABASE_RIGHTS = """
            CREATE ROLE weir_sink LOGIN PASSWORD 'first';
            GRANT USAGE ON SCHEMA monitoring, weir, public TO weir_sink;
            GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA monitoring, weir, public TO weir_sink;
            GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA monitoring TO weir_sink;
            """;

    final EmbeddedBroker broker;
    final EmbeddedRegistry registry;
    final PostgresProxy nearProxy;
    final PostgresProxy farProxy;
    final SmallDisk disk;
    private final Path directory;
    private EmbeddedPostgresServer postgres;
    private PostgresSink near;
    private SinkProcess far;

    StoreMachine(Path directory) throws IOException {
        this.directory = directory;
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        broker.createTopic(Input.AGGREGATES, Input.PARTITIONS, Map.of());
        broker.createTopic(Input.EVENTS, Input.PARTITIONS, Map.of());
        registry = EmbeddedRegistry.start(0, null);
        postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"), 0);
        SinkMigrations.migrate(SinkSettings.of(
                Map.of(SinkTopic.AGGREGATES, Input.AGGREGATES),
                SinkMain.GROUP,
                postgres.jdbcUrl(),
                postgres.user(),
                ""));
        execute(DATABASE_RIGHTS);
        requirePassword(directory.resolve("postgres").resolve("pg_hba.conf"));
        disk = SmallDisk.make(directory.resolve("disk"), this);
        nearProxy = PostgresProxy.to(postgres.port());
        farProxy = PostgresProxy.to(postgres.port());
        near = startNear();
        far = startFar();
    }

    /** The sink in this process. */
    PostgresSink near() {
        return near;
    }

    /** The sink in a process of its own. */
    SinkProcess far() {
        return far;
    }

    void restartNear() {
        near.close();
        near = startNear();
    }

    void restartFar() throws InterruptedException {
        far.kill();
        far = startFar();
    }

    /** {@code pg_ctl stop -m immediate}, and a start that recovers. */
    void killServer() {
        postgres.killImmediately();
    }

    void startServer() {
        postgres = EmbeddedPostgresServer.start(directory.resolve("postgres"), postgres.port());
    }

    /** Past the proxies, with all rights. */
    Jdbi database() {
        return Jdbi.create(postgres.jdbcUrl());
    }

    void execute(String sql) {
        database().useHandle(handle -> handle.createScript(sql).executeAsSeparateStatements());
    }

    long number(String sql) {
        return database()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** Sets a parameter of the server, or resets it, for transactions from now on. */
    void configure(String parameter, String value) {
        database().useHandle(handle -> {
            handle.execute(
                    value.isEmpty()
                            ? "ALTER SYSTEM RESET " + parameter
                            : "ALTER SYSTEM SET " + parameter + " = '" + value + "'");
            handle.execute("SELECT pg_reload_conf()");
        });
    }

    /** Until the sink in this process waits for something, and says why. */
    void awaitPaused(String reason) {
        await("sink pauses, " + reason).atMost(LIMIT).until(() -> {
            requireAlive();
            return near.feedStatus().values().stream()
                    .anyMatch(feed -> feed.state() == SinkStatus.State.PAUSED
                            && String.valueOf(feed.reason()).startsWith("SQLSTATE " + reason));
        });
    }

    /** Until a sink waits for a lock. */
    void awaitLockWait() {
        await("sink waits for a lock")
                .atMost(LIMIT)
                .until(() -> number(
                                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'weir_sink' AND wait_event_type = 'Lock'")
                        > 0);
    }

    /** Until all that was sent is stored. */
    void awaitStored(Input input) {
        for (String topic : List.of(Input.AGGREGATES, Input.EVENTS)) {
            await("all of " + topic + " stored").atMost(LIMIT).until(() -> {
                requireAlive();
                return number("SELECT coalesce(sum(next_offset), 0) FROM weir.sink_offsets WHERE topic = '" + topic
                                + "'")
                        == input.sent(topic);
            });
        }
    }

    void requireAlive() {
        if (near.status().state() == SinkStatus.State.FAILED) {
            throw new IllegalStateException("sink has failed: " + near.status().reason());
        }
        if (!far.isAlive()) {
            throw new IllegalStateException("process of the other sink has ended, see its log");
        }
    }

    private PostgresSink startNear() {
        return SinkMain.start(broker.bootstrapServers(), registry.url(), url(nearProxy));
    }

    private SinkProcess startFar() {
        return SinkProcess.start(
                List.of(broker.bootstrapServers(), registry.url(), url(farProxy)),
                directory.resolve("far.log").toFile());
    }

    private static String url(PostgresProxy proxy) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres";
    }

    private void requirePassword(Path rules) throws IOException {
        String line = "host all weir_sink 127.0.0.1/32 scram-sha-256\n";
        Files.writeString(rules, line + Files.readString(rules));
        execute("SELECT pg_reload_conf()");
    }

    @Override
    public void close() {
        nearProxy.pass();
        far.close();
        near.close();
        nearProxy.close();
        farProxy.close();
        postgres.close();
        disk.close();
        registry.close();
        broker.close();
    }
}
