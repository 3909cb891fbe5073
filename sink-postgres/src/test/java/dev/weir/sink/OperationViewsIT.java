package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people ask of the tables: alerts, queues, APIs, connections, queries, health and purge. */
@ExtendWith(Servers.Extension.class)
final class OperationViewsIT {
    private static final String HOUR_AGO = "date_trunc('hour', now()) - interval '1 hour'";

    @Test
    void alertsKeepTheirTransitionsAndTheirLatestState(Servers servers) {
        TableScene scene =
                new TableScene(servers.jdbcUrl(), "view.alerts", AlertTable.transitions(), AlertTable.current());
        AlertTransition pending = transition(1, AlertState.PENDING, null, 0.5);
        AlertTransition firing = transition(2, AlertState.FIRING, null, 0.75);
        AlertTransition resolved = transition(3, AlertState.RESOLVED, ResolveReason.CLEARED, null);
        scene.store(pending, resolved, firing, pending);
        scene.store(firing);
        assertThat(scene.texts("SELECT concat_ws('|', sequence, state, reason, value, labels->>'team')"
                        + " FROM monitoring.alert_transitions WHERE fingerprint = 'f00d' ORDER BY sequence"))
                .containsExactly("1|PENDING|0.5|'; DROP", "2|FIRING|0.75|'; DROP", "3|RESOLVED|CLEARED|'; DROP");
        assertThat(scene.row("SELECT sequence, state, reason, rule_group FROM monitoring.alerts"
                        + " WHERE fingerprint = 'f00d'"))
                .isEqualTo("3|RESOLVED|CLEARED|shop.yml/api");
    }

    @Test
    void queuesAndApisByTheHourAreWhatTheirBatchesAndCallsSay(Servers servers) {
        TableScene scene = new TableScene(servers.newDatabase("by_the_hour"), "view.hours", new WorkerIssueTable());
        double[] albums = {100, 250, 1000};
        double[] tracks = {0.5, 1.5};
        hour(scene, "queue_processing", "{\"queue\": \"albums\", \"service\": \"a\"}", "ms", albums, 2, 1);
        hour(scene, "queue_processing", "{\"queue\": \"albums\", \"service\": \"b\"}", "s", tracks, 2, 0);
        hour(
                scene,
                "queue_messages_total",
                "{\"queue\": \"albums\", \"service\": \"a\"}",
                "",
                new double[] {7, 5},
                0,
                0);
        double batches = albums.length + tracks.length;
        double average = (Arrays.stream(albums).sum() + Arrays.stream(tracks).sum() * 1000) / batches;
        assertThat(scene.row("SELECT queue_name, total_batches, success_count, error_count, avg_processing_time_ms,"
                        + " total_messages_processed FROM monitoring.queue_metrics"))
                .isEqualTo("albums|5|4|1|" + plain(average) + "|12");

        double[] calls = {10, 20, 90};
        hour(scene, "api_call", "{\"api\": \"spotify\", \"service\": \"a\"}", "ms", calls, 2, 1);
        hour(scene, "api_call", "{\"api\": \"genius\", \"service\": \"a\"}", "ms", calls, 3, 0);
        String apis = "SELECT concat_ws('|', api_name, total_calls, success_count, error_count, avg_time_ms,"
                + " coalesce(avg_success_time_ms::text, '-'), p95_time_ms) FROM monitoring.api_metrics";
        assertThat(scene.texts(apis)).containsExactly("genius|3|3|0|40|40|90", "spotify|3|2|1|40|-|90");
        // In the first hour of a day that is yesterday.
        scene.execute("SELECT monitoring.ensure_partitions('raw', " + HOUR_AGO + ", now())");
        scene.execute("INSERT INTO monitoring.pipeline_metrics (metric_name, metric_value, unit, tags, timestamp)"
                + " SELECT 'api_call', ms, 'ms', jsonb_build_object('api', 'spotify', 'outcome', outcome), " + HOUR_AGO
                + " FROM (VALUES (10, 'SUCCESS'), (20, 'SUCCESS'), (90, 'ERROR')) v (ms, outcome)");
        assertThat(scene.texts(apis)).containsExactly("genius|3|3|0|40|40|90", "spotify|3|2|1|40|15|90");
    }

    @Test
    void healthHasTheLevelsOfStuckMessagesAndHidesNoPart(Servers servers) {
        TableScene scene = new TableScene(servers.newDatabase("health"), "view.health", new WorkerIssueTable());
        assertThat(levels(scene)).isEqualTo("healthy healthy healthy healthy");
        stuck(scene, "albums", 0);
        stuck(scene, "tracks", 10);
        JsonNode queues = health(scene).get("queue_health");
        assertThat(levels(scene)).isEqualTo("warning warning healthy healthy");
        assertThat(queues.get("queues_checked").asInt()).isEqualTo(2);
        assertThat(queues.get("queues_with_issues").asInt()).isEqualTo(1);
        assertThat(queues.get("total_stuck_messages").asInt()).isEqualTo(10);
        stuck(scene, "artists", 1);
        assertThat(levels(scene)).isEqualTo("critical critical healthy healthy");
        scene.execute("DELETE FROM monitoring.aggregated_metrics");
        hour(scene, "queue_processing", "{\"queue\": \"albums\"}", "ms", new double[] {1, 1, 1, 1}, 2, 2);
        assertThat(levels(scene)).isEqualTo("warning healthy warning healthy");
        scene.execute(
                "INSERT INTO monitoring.worker_issues (worker_name, issue_type, severity) VALUES ('w', 't', 'info')");
        assertThat(levels(scene)).isEqualTo("warning healthy warning healthy");
        scene.execute("UPDATE monitoring.worker_issues SET severity = 'critical'");
        assertThat(levels(scene)).isEqualTo("critical healthy warning critical");
        scene.execute("UPDATE monitoring.worker_issues SET resolved = TRUE");
        assertThat(levels(scene)).isEqualTo("warning healthy warning healthy");
        scene.execute("ALTER TABLE monitoring.worker_issues RENAME TO elsewhere");
        assertThat(levels(scene)).isEqualTo("warning healthy warning unknown");
        assertThat(health(scene).get("worker_health").get("error").asText())
                .isEqualTo("relation \"monitoring.worker_issues\" does not exist");
    }

    @Test
    void purgeDropsWholePartitionsAndCountsTheirEvents(Servers servers) {
        TableScene scene = new TableScene(servers.newDatabase("purge"), "view.purge", new WorkerIssueTable());
        scene.execute("SELECT monitoring.ensure_partitions('events', now() - interval '60 days', now())");
        scene.execute("INSERT INTO public.monitoring_events (event_type, created_at)"
                + " SELECT 'day ' || d, now() - d * interval '1 day' FROM generate_series(0, 59) d");
        long expired = scene.number("SELECT count(*) FROM generate_series(0, 59) d WHERE now() - d * interval '1 day'"
                + " < date_trunc('week', now() - interval '30 days', 'UTC')");
        assertThat(expired).isBetween(20L, 30L);
        assertThat(scene.number("SELECT public.purge_old_monitoring_events()")).isEqualTo(expired);
        assertThat(scene.number("SELECT count(*) FROM public.monitoring_events"))
                .isEqualTo(60 - expired);
        assertThat(scene.number("SELECT public.purge_old_monitoring_events(30)"))
                .isZero();
        assertThatThrownBy(() -> scene.number("SELECT public.purge_old_monitoring_events(0)"))
                .hasMessageContaining("retention_days is 0, must be >= 1");
    }

    @Test
    void statisticsOfQueriesAreEmptyWithoutTheirExtension(Servers servers) {
        TableScene scene = new TableScene(servers.newDatabase("queries"), "view.queries", new WorkerIssueTable());
        assertThat(scene.number("SELECT count(*) FROM monitoring.query_performance"))
                .isZero();
        scene.execute("CREATE EXTENSION pg_stat_statements");
        // The server was not started with it.
        assertThat(scene.number("SELECT count(*) FROM monitoring.query_performance"))
                .isZero();
        scene.execute("DROP EXTENSION pg_stat_statements");
        assertThat(scene.number("SELECT count(*) FROM monitoring.connection_stats"
                        + " WHERE datname = 'queries' AND state = 'active' AND source = 'this server'"))
                .isEqualTo(1);
    }

    /** An hourly row of some values, its columns computed here. */
    private static void hour(
            TableScene scene,
            String metric,
            String dimensions,
            String unit,
            double[] values,
            int successes,
            int errors) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        scene.jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO monitoring.aggregated_metrics"
                        + " (metric_name, period, period_start, dimensions, kind, unit, count_value, sum_value, p95_value,"
                        + " success_count, error_count) VALUES (:metric, 'hourly', " + HOUR_AGO
                        + ", :dimensions::jsonb, 'OBSERVATION', :unit, :count, :sum, :p95, :successes, :errors)")
                .bind("metric", metric)
                .bind("dimensions", dimensions)
                .bind("unit", unit)
                .bind("count", values.length)
                .bind("sum", Arrays.stream(values).sum())
                .bind("p95", sorted[(int) Math.ceil(0.95 * values.length) - 1])
                .bind("successes", successes)
                .bind("errors", errors)
                .execute());
    }

    private static void stuck(TableScene scene, String queue, double messages) {
        scene.jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO monitoring.aggregated_metrics"
                        + " (metric_name, period, period_start, dimensions, kind, count_value, max_value, last_value)"
                        + " VALUES ('queue_stuck_messages', 'hourly', " + HOUR_AGO
                        + ", jsonb_build_object('queue', :queue), 'GAUGE', 4, 99, :messages)")
                .bind("queue", queue)
                .bind("messages", messages)
                .execute());
    }

    private static JsonNode health(TableScene scene) {
        try {
            return new JsonMapper().readTree(scene.text("SELECT public.get_system_health()"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Overall, queue, processing and worker status. */
    private static String levels(TableScene scene) {
        JsonNode health = health(scene);
        return health.get("overall_status").asText() + " "
                + health.get("queue_health").get("status").asText() + " "
                + health.get("processing_health").get("status").asText() + " "
                + health.get("worker_health").get("status").asText();
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static AlertTransition transition(
            long sequence, AlertState state, @Nullable ResolveReason reason, @Nullable Double value) {
        Instant at = Instant.parse("2026-03-01T12:00:00Z").plusSeconds(30 * sequence);
        return AlertTransition.newBuilder()
                .setFingerprint("f00d")
                .setSequence(sequence)
                .setAlertname("HighErrorRate")
                .setGroup("shop.yml/api")
                .setState(state)
                .setReason(reason)
                .setLabels(Map.of("team", "'; DROP"))
                .setValue(value)
                .setEvaluatedAt(at)
                .setActiveAt(at)
                .setExpression("up == 0")
                .setRuleVersion("1")
                .build();
    }
}
