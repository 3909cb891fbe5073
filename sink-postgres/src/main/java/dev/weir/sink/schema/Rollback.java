package dev.weir.sink.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The way back to an older version: the files in {@code db/rollback}, newest first, in one transaction with the history. */
public final class Rollback {
    /*
     * Locks. Migrations and rollbacks wait for each other (beforeMigrate.sql takes the same advisory lock). The locks of the
     * tables are waited for at most LOCK_TIMEOUT, as others queue behind a waiting one. Every batch of a sink begins with
     * sink_offsets: with that locked none is in the middle of one, so none can deadlock.
     */
    private static final String ADVISORY_LOCK = "SELECT pg_advisory_xact_lock(hashtext('weir.migrations'))";

    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '10s'";
    private static final String SINKS_OUT = """
            DO $$
            BEGIN
                IF to_regclass('weir.sink_offsets') IS NOT NULL THEN
                    LOCK TABLE weir.sink_offsets IN ACCESS EXCLUSIVE MODE;
                END IF;
            END
            $$
            """;
    private static final String HISTORY_THERE = "SELECT to_regclass('weir.flyway_schema_history') IS NOT NULL";
    private static final String APPLIED = """
            SELECT version::integer, script FROM weir.flyway_schema_history
            WHERE version IS NOT NULL AND success ORDER BY version::integer DESC
            """;
    private static final String FORGET = "DELETE FROM weir.flyway_schema_history WHERE version = ?";

    private final Database database;
    private final SchemaRoles roles;

    /** A version in the database and the file that applied it. */
    private record Applied(int version, String script) {}

    private record Step(int version, SqlFile file) {}

    public Rollback(Database database, SchemaRoles roles) {
        this.database = database;
        this.roles = roles;
    }

    /**
     * Undoes every version above the target, or nothing.
     *
     * @return the versions undone, newest first
     * @throws SchemaChangeException when a version has no way back, the target is above the database's, or the database refuses
     */
    public List<Integer> to(int target) {
        return inTransaction(connection -> {
            List<Step> steps = steps(connection, target);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SINKS_OUT);
            }
            for (Step step : steps) {
                undo(connection, step);
            }
            return steps.stream().map(Step::version).toList();
        });
    }

    /** The SQL that {@link #to} would run, in order. */
    public List<String> sqlTo(int target) {
        return inTransaction(connection -> steps(connection, target).stream()
                .map(step -> "-- " + step.file().path() + "\n" + step.file().sql())
                .toList());
    }

    /** The version of the database, 0 without tables. */
    public int version() {
        return inTransaction(connection ->
                applied(connection).stream().findFirst().map(Applied::version).orElse(0));
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(ADVISORY_LOCK);
                statement.execute(LOCK_TIMEOUT);
            }
            T result = work.in(connection);
            connection.commit();
            return result;
        } catch (SQLException refused) {
            throw new SchemaChangeException(database + " refuses: " + refused.getMessage(), refused);
        }
    }

    private List<Step> steps(Connection connection, int target) throws SQLException {
        List<Applied> applied = applied(connection);
        int current = applied.isEmpty() ? 0 : applied.get(0).version();
        if (target < 0 || target > current) {
            throw new SchemaChangeException(
                    "target version is " + target + ", must be 0 to the version of the database, " + current);
        }
        List<Step> steps = new ArrayList<>();
        for (Applied version : applied) {
            if (version.version() > target) {
                SqlFile file = SqlFile.rollback(version.script(), roles)
                        .orElseThrow(() -> new SchemaChangeException("version " + version.version()
                                + " has no way back in this build (db/rollback/" + version.script()
                                + "): use the build that made it"));
                steps.add(new Step(version.version(), file));
            }
        }
        return steps;
    }

    private static List<Applied> applied(Connection connection) throws SQLException {
        List<Applied> applied = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            ResultSet there = statement.executeQuery(HISTORY_THERE);
            there.next();
            if (there.getBoolean(1)) {
                ResultSet rows = statement.executeQuery(APPLIED);
                while (rows.next()) {
                    applied.add(new Applied(rows.getInt(1), rows.getString(2)));
                }
            }
        }
        return applied;
    }

    private static void undo(Connection connection, Step step) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement forget = connection.prepareStatement(FORGET)) {
            statement.execute(step.file().sql());
            forget.setString(1, Integer.toString(step.version()));
            forget.executeUpdate();
        } catch (SQLException refused) {
            throw new SchemaChangeException(
                    "version " + step.version() + " is not undone, nothing has changed: " + refused.getMessage() + " ("
                            + step.file().path() + ")",
                    refused);
        }
    }
}
