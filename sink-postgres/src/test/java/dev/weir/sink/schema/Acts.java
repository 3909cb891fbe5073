package dev.weir.sink.schema;

import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Everything that a role does, in statements; those on what this build does not have are left out. */
final class Acts {
    static final List<String> WRITER = List.of(
            EarlierSink.UPSERT
                    .replace(
                            "ARRAY[?]::text[], ARRAY[?]::bigint[]",
                            "ARRAY['m'], ARRAY[1000 * (extract(epoch FROM now()))::bigint]")
                    .replace("ARRAY[?]::bigint[]", "ARRAY[1]::bigint[]"),
            EarlierSink.CLAIM,
            EarlierSink.ADVANCE,
            EarlierSink.REJECT,
            "INSERT INTO monitoring.pipeline_metrics (metric_name, metric_value, timestamp) VALUES ('m', 1, now())",
            "INSERT INTO public.monitoring_events (event_type, created_at) VALUES ('deployed', now())",
            "INSERT INTO monitoring.worker_issues AS t (worker_name, issue_type, severity) VALUES ('w', 't', 'low')",
            "UPDATE monitoring.worker_issues AS t SET severity = 'high' WHERE worker_name = 'w'",
            "SELECT monitoring.ensure_partitions('hourly', now(), now() + interval '30 days')",
            "SELECT monitoring.drop_expired_partitions('raw', now() - interval '14 days')",
            "SELECT max(version::integer) FROM weir.flyway_schema_history WHERE success",
            upsert(
                    "monitoring.slow_queries",
                    "database_name, query_hash, query_text, avg_duration_ms, call_count," + " detected_at, last_seen",
                    "'d', 'h', 'q', 1, 1, now(), now()",
                    "database_name, query_hash",
                    "call_count"),
            upsert(
                    "monitoring.connection_samples",
                    "database_name, states, observed_at",
                    "'d', '[]', now()",
                    "database_name",
                    "observed_at"),
            upsert(
                    "monitoring.schema_versions",
                    "environment, component, version, first_seen, last_seen",
                    "'e', 'c', '1', now(), now()",
                    "environment, component, version",
                    "last_seen"),
            "INSERT INTO monitoring.alert_transitions (fingerprint, sequence, evaluated_at, alertname, rule_group, state,"
                    + " labels, annotations, active_at, expression, rule_version)"
                    + " VALUES ('f', 1, now(), 'a', 'g', 'FIRING', '{}', '{}', now(), 'x', '1') ON CONFLICT DO NOTHING",
            upsert(
                    "monitoring.alerts",
                    "fingerprint, sequence, evaluated_at, alertname, rule_group, state, labels,"
                            + " annotations, active_at, expression, rule_version",
                    "'f', 1, now(), 'a', 'g', 'FIRING', '{}', '{}', now(), 'x', '1'",
                    "fingerprint",
                    "sequence"));

    static final List<String> READER = reader();

    private Acts() {}

    private static List<String> reader() {
        String seconds = literal(SketchRange.of("x_seconds", null), 0.2);
        String coarse = literal(new SketchRange(1, 3_600, 2), 7);
        List<String> acts = new ArrayList<>(List.of(
                "SELECT monitoring.sketch_quantile(" + seconds + ", 0.95)",
                "SELECT monitoring.sketch_bounds(" + seconds + ", 0.95)",
                "SELECT monitoring.sketch_count(" + seconds + ")",
                "SELECT monitoring.sketch_merge(s) FROM (VALUES (" + coarse + "), (" + seconds + ")) t (s)",
                "SELECT monitoring.sketch_count('\\x00')",
                "SELECT monitoring.dimensions_key('{}')",
                "SELECT public.get_system_health()",
                "SELECT monitoring.health_of('queue_health')",
                "SELECT monitoring.queue_health()",
                "SELECT monitoring.processing_health()",
                "SELECT monitoring.worker_health()",
                "SELECT monitoring.query_statistics()",
                "SELECT monitoring.in_milliseconds(max_value, unit) FROM monitoring.aggregated_metrics"));
        return acts;
    }

    /** Does them all, each in a transaction of its own that is rolled back; what was refused for want of a right. */
    static List<String> refusals(Connection connection, List<String> acts) throws SQLException {
        List<String> refusals = new ArrayList<>();
        connection.setAutoCommit(false);
        for (String act : acts) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(act);
            } catch (SQLException refused) {
                String state = String.valueOf(refused.getSQLState());
                if (state.equals("42501")) {
                    refusals.add(String.valueOf(refused.getMessage())
                            .lines()
                            .findFirst()
                            .orElse(""));
                } else if (!state.equals("22P03") && !state.equals("42P01") && !state.equals("42883")) {
                    throw refused;
                }
            } finally {
                connection.rollback();
            }
        }
        return refusals;
    }

    private static String upsert(String table, String columns, String values, String key, String changed) {
        return "INSERT INTO " + table + " AS t (" + columns + ") VALUES (" + values + ") ON CONFLICT (" + key
                + ") DO UPDATE SET " + changed + " = excluded." + changed + " WHERE excluded." + changed + " > t."
                + changed;
    }

    private static String literal(SketchRange range, double value) {
        Sketch sketch = new Sketch(range);
        sketch.record(value);
        return "'\\x" + HexFormat.of().formatHex(sketch.encode()) + "'::bytea";
    }
}
