package dev.weir.sink.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sink.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every version of the tables, forth and back, on the oldest and the newest PostgreSQL. */
@ExtendWith(Postgres.Extension.class)
final class RollbackIT {
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final Postgres postgres;

    RollbackIT(Postgres postgres) {
        this.postgres = postgres;
    }

    @ParameterizedTest
    @EnumSource
    void everyStepBackLeavesWhatWasThereBefore(Postgres.Version server) throws SQLException {
        Database database = newDatabase(server);
        Map<Integer, List<String>> before = new HashMap<>();
        try (Connection connection = database.connect()) {
            List<Integer> versions = versions(database);
            // Flyway makes its schema and history at the first migration.
            Migrations.upTo(1, database, SchemaRoles.USUAL).migrate();
            new Rollback(database, SchemaRoles.USUAL).to(0);
            before.put(0, state(connection));
            for (int version : versions) {
                Migrations.upTo(version, database, SchemaRoles.USUAL).migrate();
                before.put(version, state(connection));
            }
            for (int i = versions.size() - 1; i >= 0; i--) {
                int target = i == 0 ? 0 : versions.get(i - 1);
                assertThat(new Rollback(database, SchemaRoles.USUAL).to(target)).containsExactly(versions.get(i));
                assertThat(state(connection))
                        .as("after " + versions.get(i))
                        .containsExactlyElementsOf(requireNonNull(before.get(target)));
            }
            new Migrations(database, SchemaRoles.USUAL).migrate();
            assertThat(state(connection)).isEqualTo(before.get(versions.get(versions.size() - 1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsStayForthAndBackToVersionOne(Postgres.Version server) throws SQLException {
        Database database = newDatabase(server);
        Migrations.upTo(1, database, SchemaRoles.USUAL).migrate();
        try (Connection connection = database.connect();
                Connection sink = database.connect()) {
            EarlierSink.write(sink, "kept_total", hour, 3);
            execute(
                    connection,
                    "INSERT INTO monitoring.pipeline_metrics (metric_name, metric_value) VALUES ('raw', 7)");
            execute(connection, "INSERT INTO public.monitoring_events (event_type) VALUES ('deployed')");
            execute(
                    connection,
                    "INSERT INTO monitoring.worker_issues (worker_name, issue_type, severity) VALUES ('w', 't', 'low')");
            List<String> rows = rows(connection);
            for (int version : versions(database)) {
                Migrations.upTo(version, database, SchemaRoles.USUAL).migrate();
                assertThat(rows(connection)).as("at version " + version).isEqualTo(rows);
            }
            new Rollback(database, SchemaRoles.USUAL).to(1);
            assertThat(rows(connection)).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @EnumSource
    void earlierSinkWritesOnWhileTheTablesChangeForthAndBack(Postgres.Version server)
            throws SQLException, InterruptedException, ExecutionException {
        Database database = newDatabase(server);
        Migrations.upTo(1, database, SchemaRoles.USUAL).migrate();
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicInteger written = new AtomicInteger();
        ExecutorService sink = Executors.newSingleThreadExecutor();
        try (Connection connection = database.connect()) {
            Future<?> writing = sink.submit(() -> {
                try (Connection own = database.connect()) {
                    while (going.get()) {
                        EarlierSink.write(own, "going_on_" + written.incrementAndGet() + "_total", hour, 0);
                    }
                    return written.get();
                }
            });
            for (int version : versions(database)) {
                Migrations.upTo(version, database, SchemaRoles.USUAL).migrate();
            }
            new Rollback(database, SchemaRoles.USUAL).to(1);
            new Migrations(database, SchemaRoles.USUAL).migrate();
            going.set(false);
            writing.get();
            assertThat(text(connection, "SELECT count(*) FROM monitoring.aggregated_metrics"))
                    .isEqualTo(Integer.toString(written.get()));
            assertThat(text(connection, "SELECT next_offset FROM weir.sink_offsets"))
                    .isEqualTo(Integer.toString(written.get()));
            assertThat(written.get()).isGreaterThan(10);
        } finally {
            sink.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void catalogOfThisBuildIsWhatItsMigrationsMake(Postgres.Version server) throws SQLException, IOException {
        Database database = newDatabase(server);
        new Migrations(database, SchemaRoles.USUAL).migrate();
        try (Connection connection = database.connect()) {
            Catalog made = Catalog.read(connection);
            // To write the file anew: -Dweir.catalog.write=true
            if (Boolean.getBoolean("weir.catalog.write")) {
                Files.writeString(Path.of("src", "main", "resources", "db", "catalog.txt"), made.text());
            } else {
                assertThat(Catalog.ofThisBuild().mismatchesIn(made)).isEmpty();
            }
        }
    }

    @Test
    void mismatchesAreNamed() throws SQLException {
        Database database = newDatabase(Postgres.Version.NEWEST);
        new Migrations(database, SchemaRoles.USUAL).migrate();
        try (Connection connection = database.connect()) {
            execute(connection, "ALTER TABLE monitoring.worker_issues DROP COLUMN severity");
            execute(connection, "ALTER TABLE monitoring.worker_issues ALTER COLUMN details TYPE TEXT");
            execute(connection, "ALTER TABLE weir.sink_rejects ADD COLUMN note TEXT");
            execute(connection, "DROP INDEX monitoring.worker_issues_by_worker_and_time");
            execute(connection, "CREATE TABLE monitoring.mine (id INT)");
            execute(
                    connection,
                    "CREATE OR REPLACE FUNCTION monitoring.sketch_half_bits(digits INTEGER) RETURNS INTEGER"
                            + " LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT 7'");
            assertThat(Catalog.ofThisBuild().mismatchesIn(Catalog.read(connection)))
                    .map(CatalogMismatch::toString)
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .isEqualTo("column monitoring.mine.id is extra, this build does not have it"),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "column monitoring.worker_issues.details is changed: is text, must be jsonb"),
                            line -> assertThat(line).isEqualTo("column monitoring.worker_issues.severity is missing"),
                            line -> assertThat(line)
                                    .isEqualTo("column weir.sink_rejects.note is extra, this build does not have it"),
                            line -> assertThat(line)
                                    .startsWith("function monitoring.sketch_half_bits(integer) is changed: is integer"),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "index monitoring.worker_issues.worker_issues_by_worker_and_time is missing"),
                            line -> assertThat(line)
                                    .isEqualTo("table monitoring.mine is extra, this build does not have it"));
        }
    }

    @Test
    void versionWithoutAWayBackIsRefused() throws SQLException {
        Database database = newDatabase(Postgres.Version.NEWEST);
        new Migrations(database, SchemaRoles.USUAL).migrate();
        try (Connection connection = database.connect()) {
            execute(
                    connection,
                    "INSERT INTO weir.flyway_schema_history VALUES"
                            + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', now(), 1, true)");
            List<String> before = state(connection);
            assertThatThrownBy(() -> new Rollback(database, SchemaRoles.USUAL).to(1))
                    .isInstanceOf(SchemaChangeException.class)
                    .hasMessage("version 99 has no way back in this build (db/rollback/V99__later.sql):"
                            + " use the build that made it");
            assertThat(state(connection)).isEqualTo(before);
            assertThat(new Migrations(database, SchemaRoles.USUAL).status())
                    .last()
                    .satisfies(last -> {
                        assertThat(last.version()).isEqualTo(99);
                        assertThat(last.state()).isEqualTo("future_success");
                        assertThat(last.reversible()).isFalse();
                    });
        }
    }

    @Test
    void targetOutsideTheHistoryIsRefused() {
        Database database = newDatabase(Postgres.Version.NEWEST);
        Rollback rollback = new Rollback(database, SchemaRoles.USUAL);
        assertThat(rollback.version()).isZero();
        assertThatThrownBy(() -> rollback.to(1))
                .hasMessage("target version is 1, must be 0 to the version of the database, 0");
        assertThatThrownBy(() -> rollback.to(-1)).hasMessageContaining("target version is -1, must be 0 to");
    }

    @Test
    void failedStepLeavesEverything() throws SQLException {
        Database database = newDatabase(Postgres.Version.NEWEST);
        new Migrations(database, SchemaRoles.USUAL).migrate();
        try (Connection connection = database.connect()) {
            execute(
                    connection,
                    "CREATE VIEW public.mine AS SELECT monitoring.sketch_count(sketch) FROM monitoring.aggregated_metrics");
            List<String> before = state(connection);
            assertThatThrownBy(() -> new Rollback(database, SchemaRoles.USUAL).to(1))
                    .isInstanceOf(SchemaChangeException.class)
                    .hasMessageStartingWith("version 4 is not undone, nothing has changed: ERROR: cannot drop function")
                    .hasMessageContaining("view mine depends on function");
            assertThat(state(connection)).isEqualTo(before);
        }
    }

    @Test
    void dryRunShowsTheSqlAndChangesNothing() throws SQLException {
        Database database = newDatabase(Postgres.Version.NEWEST);
        assertThat(new Migrations(database, SchemaRoles.USUAL).pendingSql())
                .hasSize(versions(database).size())
                .first()
                .asString()
                .startsWith("-- db/migration/V1__monitoring_schema.sql\n")
                .contains("CREATE TABLE monitoring.worker_issues");
        assertThat(new Rollback(database, SchemaRoles.USUAL).version()).isZero();
        new Migrations(database, SchemaRoles.USUAL).migrate();
        assertThat(new Rollback(database, SchemaRoles.USUAL).sqlTo(4))
                .singleElement()
                .asString()
                .startsWith("-- db/rollback/V5__roles.sql\n")
                .contains("REVOKE ALL ON SCHEMA public FROM weir_owner");
        assertThat(new Migrations(database, SchemaRoles.USUAL).pending()).isEmpty();
    }

    @Test
    void migrationsFromSeveralProcessesAtOnceApplyOnce() throws Exception {
        Database database = newDatabase(Postgres.Version.NEWEST);
        ExecutorService processes = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> applied = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                applied.add(processes.submit(() -> new Migrations(database, SchemaRoles.USUAL).migrate()));
            }
            int sum = 0;
            for (Future<Integer> each : applied) {
                sum += each.get();
            }
            assertThat(sum).isEqualTo(versions(database).size());
        } finally {
            processes.shutdownNow();
        }
    }

    /** What must be equal before a step and after its undoing, a line each. */
    private static List<String> state(Connection connection) throws SQLException {
        List<String> state = new ArrayList<>(Rights.read(connection));
        Catalog.read(connection).text().lines().forEach(state::add);
        return state;
    }

    private Database newDatabase(Postgres.Version server) {
        return new Database(postgres.newDatabase(server), "postgres", "");
    }

    private static List<Integer> versions(Database database) {
        return new Migrations(database, SchemaRoles.USUAL)
                .status().stream().map(SchemaVersion::version).toList();
    }

    private static List<String> rows(Connection connection) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String sql : new String[] {
            "SELECT metric_name || period_start || dimensions || revision || sum_value FROM monitoring.aggregated_metrics",
            "SELECT id || metric_name || metric_value || timestamp FROM monitoring.pipeline_metrics",
            "SELECT id || event_type || created_at FROM public.monitoring_events",
            "SELECT id || worker_name || created_at FROM monitoring.worker_issues",
            "SELECT o::text FROM weir.sink_offsets o",
            "SELECT r::text FROM weir.sink_rejects r"
        }) {
            rows.add(text(connection, sql));
        }
        return rows;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
