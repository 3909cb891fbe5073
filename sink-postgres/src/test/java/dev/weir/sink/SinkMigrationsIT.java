package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tables on the oldest and the newest supported PostgreSQL. */
@ExtendWith(Servers.Extension.class)
final class SinkMigrationsIT {
    private static final String ROWS = """
            SELECT concat_ws(' ', (SELECT count(*) FROM monitoring.aggregated_metrics),
                (SELECT count(*) FROM monitoring.pipeline_metrics), (SELECT count(*) FROM public.monitoring_events))
            """;
    private static final String AS_A_SINK_OF_VERSION_1_WRITES = """
            INSERT INTO monitoring.aggregated_metrics AS t
                (metric_name, period, period_start, dimensions, kind, unit, count_value, revision)
                VALUES ('m', 'hourly', '2026-02-01Z', '{}', 'COUNT', '', 2, 1)
            ON CONFLICT (metric_name, period, period_start, monitoring.dimensions_key(dimensions), kind, unit)
            DO UPDATE SET count_value = excluded.count_value, revision = excluded.revision
            WHERE excluded.revision > t.revision
            """;
    private static final Path POSTGRES_15 = Path.of("target", "postgres-15", "postgres-linux-x86_64.txz");

    @Test
    void tablesAndWritesAreTheSameOnPostgres15(@TempDir Path directory) {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory.resolve("pg"), 0, POSTGRES_15)) {
            Jdbi jdbi = Jdbi.create(server.jdbcUrl());
            assertThat(text(jdbi, "SHOW server_version")).startsWith("15.");
            assertThat(SinkMigrations.migrate(settings(server.jdbcUrl()))).isPositive();
            assertThat(SinkMigrations.migrate(settings(server.jdbcUrl()))).isZero();
            assertThat(tables(jdbi))
                    .containsExactly(
                            "monitoring.aggregated_metrics",
                            "monitoring.alert_transitions",
                            "monitoring.alerts",
                            "monitoring.connection_samples",
                            "monitoring.pipeline_metrics",
                            "monitoring.schema_versions",
                            "monitoring.slow_queries",
                            "monitoring.worker_issues",
                            "public.monitoring_events",
                            "weir.flyway_schema_history",
                            "weir.sink_offsets",
                            "weir.sink_rejects");
            writeTwice(jdbi);
            assertThat(text(jdbi, "SELECT string_agg(period, ' ' ORDER BY period) FROM monitoring.aggregated_metrics"))
                    .isEqualTo("daily hourly weekly");
        }
    }

    @Test
    void rowsOfVersion1MoveIntoPartitionsAndBack(Servers servers) throws SQLException {
        Jdbi.create(servers.jdbcUrl()).useHandle(handle -> handle.execute("CREATE DATABASE there_and_back"));
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl().replace("/postgres?", "/there_and_back?"));
        run(jdbi, "CREATE SCHEMA weir");
        run(jdbi, script("migration/V1__monitoring_schema.sql"));
        run(jdbi, """
                INSERT INTO monitoring.aggregated_metrics (metric_name, period, period_start, count_value, kind)
                    SELECT 'm', 'hourly', hour, 1, 'COUNT'
                    FROM generate_series('2026-01-31Z'::timestamptz, '2026-02-03Z', '1 hour') hour;
                INSERT INTO monitoring.pipeline_metrics (metric_name, metric_value, timestamp, created_at)
                    VALUES ('m', 1, NULL, '2026-02-01Z'), ('m', 2, '2026-02-02Z', '2026-02-02Z');
                INSERT INTO public.monitoring_events (event_type, created_at) VALUES ('e', '2026-02-02Z');
                """);
        String before = text(jdbi, ROWS);
        assertThat(before).isEqualTo("73 2 1");
        for (int round = 0; round < 2; round++) {
            run(jdbi, script("migration/V2__partitions.sql"));
            assertThat(text(jdbi, ROWS)).isEqualTo(before);
            assertThat(
                            text(
                                    jdbi,
                                    "SELECT string_agg(DISTINCT tableoid::regclass::text, ' ') FROM monitoring.aggregated_metrics"))
                    .isEqualTo("monitoring_parts.aggregated_metrics_hourly_20260131"
                            + " monitoring_parts.aggregated_metrics_hourly_20260201"
                            + " monitoring_parts.aggregated_metrics_hourly_20260202"
                            + " monitoring_parts.aggregated_metrics_hourly_20260203");
            run(jdbi, AS_A_SINK_OF_VERSION_1_WRITES);
            assertThat(text(jdbi, ROWS)).isEqualTo(before);
            run(jdbi, script("rollback/V2__partitions.sql"));
            assertThat(text(jdbi, ROWS)).isEqualTo(before);
            assertThat(tables(jdbi))
                    .doesNotContain("monitoring_parts.aggregated_metrics")
                    .hasSize(6);
        }
    }

    @Test
    void columnsOfTheSeedTablesAreThere(Servers servers) {
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl());
        assertThat(columns(jdbi, "monitoring", "pipeline_metrics"))
                .startsWith("id uuid, metric_name text, metric_value double precision, tags jsonb,"
                        + " timestamp timestamp with time zone, created_at timestamp with time zone");
        assertThat(columns(jdbi, "monitoring", "aggregated_metrics"))
                .startsWith("id uuid, metric_name text, period text, period_start timestamp with time zone,"
                        + " min_value double precision, max_value double precision, avg_value double precision,"
                        + " sum_value double precision, count_value bigint, dimensions jsonb,"
                        + " created_at timestamp with time zone");
        assertThat(columns(jdbi, "monitoring", "worker_issues"))
                .startsWith("id uuid, worker_name text, issue_type text, severity text, message text, details jsonb,"
                        + " resolved boolean, resolution_details text, created_at timestamp with time zone,"
                        + " resolved_at timestamp with time zone");
        assertThat(columns(jdbi, "public", "monitoring_events"))
                .startsWith("id uuid, event_type text, details jsonb, created_at timestamp with time zone");
    }

    private static void writeTwice(Jdbi jdbi) {
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        OffsetLedger ledger = new OffsetLedger("group", clock);
        BatchWriter writer = new BatchWriter(jdbi, ledger, new RejectTable("group", clock));
        TopicPartition partition = new TopicPartition("aggregates", 0);
        OffsetLedger.Claim claim = jdbi.inTransaction(handle -> ledger.claim(handle, partition));
        Batch batch = new RecordDecoder(Aggregates.decoder(), List.of(Aggregates.table()))
                .decode(List.of(Aggregates.polled(0, Aggregates.hourly("twice_seconds", 0, 1))));
        Map<TopicPartition, Long> epochs = Map.of(partition, claim.ownerEpoch());
        assertThat(writer.write(batch, epochs)).isEqualTo(new BatchWriter.Written(1, 0));
        assertThat(writer.write(batch, epochs)).isEqualTo(new BatchWriter.Written(0, 0));
    }

    private static String script(String name) {
        try {
            return Files.readString(Path.of("src/main/resources/db", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Jdbi jdbi, String script) throws SQLException {
        jdbi.useTransaction(handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
                statement.execute(script);
            }
        });
    }

    private static SinkSettings settings(String jdbcUrl) {
        return SinkSettings.of(Map.of(SinkTopic.AGGREGATES, "aggregates"), "group", jdbcUrl, "postgres", "");
    }

    private static List<String> tables(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT schemaname || '.' || tablename FROM pg_tables"
                        + " WHERE schemaname IN ('monitoring', 'public', 'weir') ORDER BY 1")
                .mapTo(String.class)
                .list());
    }

    private static String columns(Jdbi jdbi, String schema, String table) {
        return text(
                jdbi,
                "SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position)"
                        + " FROM information_schema.columns WHERE table_schema = '" + schema + "' AND table_name = '"
                        + table
                        + "'");
    }

    private static String text(Jdbi jdbi, String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
}
