package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.ConnectionState;
import dev.weir.events.ConnectionStatistics;
import dev.weir.events.MonitoringEvent;
import dev.weir.events.SchemaVersion;
import dev.weir.events.SlowQuery;
import dev.weir.events.WorkerIssue;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operational records as rows: what is kept of several records of one thing, in whatever order they come. */
@ExtendWith(Servers.Extension.class)
final class OperationTablesIT {
    private static final Partitions PARTITIONS = new Partitions(Retention.DEFAULT, InstantSource.system());
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void issueIsOneRowThatALaterRecordEnds(Servers servers) {
        TableScene scene = new TableScene(servers.jdbcUrl(), "ops.issue", new WorkerIssueTable());
        assertThat(scene.store(issue("one", 0, false, "stuck")).rows()).isEqualTo(1);
        assertThat(scene.store(issue("one", 5, true, "stuck")).rows()).isEqualTo(1);
        assertThat(scene.store(issue("one", 5, true, "stuck")).rows()).isZero();
        assertThat(scene.row("SELECT worker_name, issue_type, severity, message, details, resolved, resolution_details,"
                        + " extract(epoch FROM created_at)::bigint, extract(epoch FROM resolved_at)::bigint"
                        + " FROM monitoring.worker_issues WHERE issue_id = 'one'"))
                .isEqualTo("worker-1|stuck_message|warning|stuck|{\"queue\": \"albums\"}|true|restarted|"
                        + NOON.getEpochSecond() + "|" + NOON.plusSeconds(5).getEpochSecond());
    }

    @Test
    void orderAndBatchesOfRecordsDoNotMatter(Servers servers) {
        TableScene scene = new TableScene(
                servers.jdbcUrl(),
                "ops.order",
                new WorkerIssueTable(),
                new SlowQueryTable(),
                new ConnectionTable(),
                new SchemaVersionTable());
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            String id = "order-" + round;
            List<SpecificRecord> records = new ArrayList<>(List.of(
                    issue(id, 1, false, "first"),
                    issue(id, 2, false, "second"),
                    issue(id, 3, false, "third"),
                    issue(id, 3, true, "ended"),
                    slow(id, 1, 100, 1),
                    slow(id, 2, 200, 2),
                    slow(id, 3, 300, 3),
                    connections(id, 1, 7),
                    connections(id, 3, 9),
                    version(id, "api", 1, "1.0"),
                    version(id, "api", 3, "1.0"),
                    version(id, "api", 2, "2.0")));
            Collections.shuffle(records, random);
            int cut = random.nextInt(records.size() + 1);
            scene.store(records.subList(0, cut));
            scene.store(records.subList(cut, records.size()));
            assertThat(List.of(
                            scene.row("SELECT message, resolved, extract(epoch FROM created_at)::bigint - "
                                    + NOON.getEpochSecond() + " FROM monitoring.worker_issues WHERE issue_id = '" + id
                                    + "'"),
                            scene.row("SELECT avg_duration_ms, call_count, extract(epoch FROM detected_at)::bigint - "
                                    + NOON.getEpochSecond() + ", extract(epoch FROM last_seen)::bigint - "
                                    + NOON.getEpochSecond() + " AS last FROM monitoring.slow_queries"
                                    + " WHERE query_hash = '" + id + "'"),
                            scene.row("SELECT connection_count, state, source FROM monitoring.connection_stats"
                                    + " WHERE datname = '" + id + "'"),
                            scene.row("SELECT version, extract(epoch FROM first_seen)::bigint - "
                                    + NOON.getEpochSecond() + " FROM monitoring.active_schema_versions"
                                    + " WHERE environment = '" + id + "'")))
                    .as("seed %s, round %s", seed, round)
                    .containsExactly("ended|true|1", "300|3|1|3", "9|active|reported", "1.0|1");
        }
        assertThat(scene.rejectReasons()).isEmpty();
    }

    @Test
    void firstSeenOfASlowQueryIsTakenFromTheRecord(Servers servers) {
        TableScene scene = new TableScene(servers.jdbcUrl(), "ops.slow", new SlowQueryTable());
        SlowQuery known = SlowQuery.newBuilder(slow("known", 10, 1500, 20))
                .setFirstSeen(NOON.minusSeconds(60))
                .build();
        scene.store(known, slow("known", 20, 1600, 30));
        assertThat(scene.row("SELECT query_text, avg_duration_ms, call_count, extract(epoch FROM detected_at)::bigint"
                        + " FROM monitoring.slow_queries WHERE query_hash = 'known'"))
                .isEqualTo("SELECT 1|1600|30|" + NOON.minusSeconds(60).getEpochSecond());
    }

    @Test
    void eventWithoutAKeyIsStoredOnceThoughTheAnswerToItsCommitIsLost(Servers servers) {
        TableScene scene = new TableScene(servers.jdbcUrl(), "ops.events", new MonitoringEventTable(PARTITIONS));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Batch batch = scene.batch(event("once", now, "{\"by\": \"cron\"}"), event("once", now, "[1]"));
        assertThat(scene.write(batch)).isEqualTo(new BatchWriter.Written(1, 1));
        assertThat(scene.write(batch)).isEqualTo(new BatchWriter.Written(0, 0));
        assertThat(scene.row("SELECT event_type, service, details,"
                        + " (extract(epoch FROM created_at) * 1000)::bigint AS at"
                        + " FROM public.monitoring_events WHERE event_type = 'once'"))
                .isEqualTo("once|shop|{\"by\": \"cron\"}|" + now.toEpochMilli());
        assertThat(scene.rejectReasons()).containsExactly("details is [1], must be a JSON object");
    }

    @Test
    void hostileTextComesBackAsItWas(Servers servers) {
        TableScene scene = new TableScene(
                servers.jdbcUrl(), "ops.hostile", new WorkerIssueTable(), new MonitoringEventTable(PARTITIONS));
        List<String> texts = HostileTexts.storable();
        for (int i = 0; i < texts.size(); i++) {
            scene.store(issue("hostile-" + i, 0, false, texts.get(i)));
            assertThat(scene.text("SELECT message FROM monitoring.worker_issues WHERE issue_id = 'hostile-" + i + "'"))
                    .isEqualTo(texts.get(i));
        }
        assertThat(scene.rejectReasons()).isEmpty();
    }

    @Test
    void textThatPostgresCannotHoldIsSetAsideWithItsReason(Servers servers) {
        TableScene scene = new TableScene(
                servers.jdbcUrl(), "ops.nul", new WorkerIssueTable(), new MonitoringEventTable(PARTITIONS));
        Instant now = Instant.now();
        scene.store(
                issue("nul", 0, false, "a\0b"),
                issue(" ", 0, false, "no id"),
                event("nul", now, "{\"a\": [\"x\\u0000y\"]}"),
                event("nul", now, "{\"a\": "),
                event("nul", Instant.parse("+300000-01-01T00:00:00Z"), "{}"),
                issue("good", 0, false, "stored"));
        assertThat(scene.rejectReasons())
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .isEqualTo(
                                        "message is \"a␀b\" with U+0000 (shown as ␀), which PostgreSQL cannot store"),
                        reason -> assertThat(reason).isEqualTo("issue_id is \" \", must not be empty"),
                        reason -> assertThat(reason)
                                .isEqualTo(
                                        "details is \"x␀y\" with U+0000 (shown as ␀), which PostgreSQL cannot store"),
                        reason -> assertThat(reason).startsWith("details is no JSON: "),
                        reason -> assertThat(reason).startsWith("timestamp is +300000-01-01T00:00:00Z, must be <= "));
        assertThat(scene.number("SELECT count(*) FROM monitoring.worker_issues WHERE issue_id = 'good'"))
                .isEqualTo(1);
    }

    @Test
    void componentsAndEnvironmentsThatDifferAreNamed(Servers servers) {
        TableScene scene = new TableScene(servers.newDatabase("mismatches"), "ops.versions", new SchemaVersionTable());
        String mismatches = "SELECT scope || ' ' || name || ' ' || versions FROM monitoring.schema_version_mismatches"
                + " ORDER BY 1";
        scene.store(version("production", "api", 1, "7"), version("production", "database", 1, "7"));
        assertThat(scene.texts(mismatches)).isEmpty();
        scene.store(version("production", "api", 2, "8"), version("staging", "api", 2, "8"));
        assertThat(scene.texts(mismatches))
                .containsExactly("environment production {\"api\": \"8\", \"database\": \"7\"}");
        scene.store(version("production", "database", 3, "8"), version("staging", "api", 3, "9"));
        assertThat(scene.texts(mismatches))
                .containsExactly("component api {\"staging\": \"9\", \"production\": \"8\"}");
    }

    private static WorkerIssue issue(String id, int second, boolean resolved, String message) {
        return new WorkerIssue(
                NOON.plusSeconds(second),
                id,
                "worker-1",
                "stuck_message",
                "warning",
                message,
                "{\"queue\": \"albums\"}",
                resolved,
                resolved ? "restarted" : null);
    }

    private static SlowQuery slow(String hash, int second, double averageMs, long calls) {
        return new SlowQuery(NOON.plusSeconds(second), "lake", hash, "SELECT 1", averageMs, calls, null);
    }

    private static ConnectionStatistics connections(String database, int second, int active) {
        return new ConnectionStatistics(
                NOON.plusSeconds(second), database, List.of(new ConnectionState("active", active, 1500L)));
    }

    private static SchemaVersion version(String environment, String component, int second, String version) {
        return new SchemaVersion(NOON.plusSeconds(second), environment, component, version);
    }

    private static MonitoringEvent event(String type, Instant at, String details) {
        return new MonitoringEvent(at, type, "shop", details);
    }
}
