package dev.weir.sink.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sink.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What owner, writer and reader may, that each grant is needed, and what is denied. */
@ExtendWith(Postgres.Extension.class)
final class RolesIT {
    private static final String GRANTS = """
            SELECT format('%s ON %s %s', a.privilege_type, o.kind, o.name), regexp_replace(o.name, '^.*[.]|[(].*', '', 'g')
            FROM (
                SELECT CASE o.kind WHEN 'SCHEMA' THEN 'SCHEMA' WHEN 'FUNCTION' THEN 'FUNCTION' WHEN 'AGGREGATE' THEN 'FUNCTION'
                        ELSE 'TABLE' END AS kind, o.name,
                    CASE WHEN o.kind = 'SCHEMA' THEN (SELECT nspacl FROM pg_namespace WHERE nspname = o.name)
                        WHEN o.kind IN ('FUNCTION', 'AGGREGATE')
                            THEN (SELECT proacl FROM pg_proc WHERE oid = o.name::regprocedure)
                        ELSE (SELECT relacl FROM pg_class WHERE oid = o.name::regclass) END AS acl
                FROM weir.objects() o) o, aclexplode(o.acl) a
            WHERE a.grantee = 'ROLE'::regrole ORDER BY 1
            """;

    /** One database for all that is denied, as it stays as it is. */
    private static @Nullable String shared;

    private final Postgres postgres;

    RolesIT(Postgres postgres) {
        this.postgres = postgres;
    }

    @ParameterizedTest
    @EnumSource
    void membersDoTheirWorkAndEverythingIsTheOwners(Postgres.Version server) throws SQLException {
        String url = postgres.migrated(server);
        try (Connection admin = new Database(url, "postgres", "").connect();
                Connection writer = member(url, admin, "weir_writer");
                Connection reader = member(url, admin, "weir_reader")) {
            assertThat(Acts.refusals(writer, Acts.WRITER)).isEmpty();
            assertThat(Acts.refusals(reader, readings(admin))).isEmpty();
            assertThat(list(admin, "SELECT name FROM weir.objects() WHERE owner <> 'weir_owner'::regrole"))
                    .isEmpty();
            // Up to date: the sink may start with this user.
            assertThat(new Migrations(as(user(writer), url), SchemaRoles.USUAL).migrate())
                    .isZero();
        }
    }

    @Test
    void withoutAnyOneGrantTheWriterFailsByName() throws SQLException {
        String url = postgres.migrated(Postgres.Version.NEWEST);
        try (Connection admin = new Database(url, "postgres", "").connect();
                Connection writer = member(url, admin, "weir_writer")) {
            eachGrantIsNeeded(admin, writer, "weir_writer", Acts.WRITER);
        }
    }

    @Test
    void withoutAnyOneGrantTheReaderFailsByName() throws SQLException {
        String url = postgres.migrated(Postgres.Version.NEWEST);
        try (Connection admin = new Database(url, "postgres", "").connect();
                Connection reader = member(url, admin, "weir_reader")) {
            eachGrantIsNeeded(admin, reader, "weir_reader", readings(admin));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM monitoring.aggregated_metrics",
                "TRUNCATE monitoring.aggregated_metrics",
                "DROP TABLE monitoring.aggregated_metrics",
                "ALTER TABLE weir.sink_offsets ADD COLUMN mine INT",
                "CREATE TABLE monitoring.mine (id INT)",
                "CREATE TABLE weir.mine (id INT)",
                "CREATE TABLE monitoring_parts.mine (id INT)",
                "CREATE SCHEMA mine",
                "SELECT * FROM monitoring.pipeline_metrics",
                "SELECT * FROM public.monitoring_events",
                "SELECT * FROM weir.sink_rejects",
                "DELETE FROM weir.sink_offsets",
                "UPDATE weir.flyway_schema_history SET success = false",
                "SELECT weir.apply_grants()",
                "SELECT monitoring.sketch_count('\\x00')"
            })
    void writerIsDenied(String statement) throws SQLException {
        denied("weir_writer", statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO monitoring.worker_issues (worker_name, issue_type, severity) VALUES ('w', 't', 'low')",
                "UPDATE monitoring.aggregated_metrics SET revision = 9",
                "DELETE FROM public.monitoring_events",
                "TRUNCATE weir.sink_rejects",
                "DROP VIEW IF EXISTS monitoring.queue_metrics; DROP TABLE monitoring.worker_issues",
                "CREATE TABLE monitoring.mine (id INT)",
                "SELECT monitoring.ensure_partitions('hourly', now(), now())",
                "SELECT monitoring.drop_expired_partitions('hourly', now() - interval '2 days')",
                "SELECT * FROM weir.sink_offsets FOR UPDATE"
            })
    void readerIsDenied(String statement) throws SQLException {
        denied("weir_reader", statement);
    }

    @Test
    void laterPartitionsAndTablesNeedNoFurtherGrant() throws SQLException {
        String url = postgres.migrated(Postgres.Version.NEWEST);
        try (Connection admin = new Database(url, "postgres", "").connect();
                Connection writer = member(url, admin, "weir_writer");
                Connection reader = member(url, admin, "weir_reader")) {
            execute(
                    writer,
                    "SELECT monitoring.ensure_partitions('raw', now() + interval '1 year', now() + interval '1 year')");
            execute(
                    writer,
                    "INSERT INTO monitoring.pipeline_metrics (metric_name, metric_value, timestamp)"
                            + " VALUES ('m', 1, now() + interval '1 year')");
            assertThat(list(reader, "SELECT metric_name FROM monitoring.pipeline_metrics"))
                    .containsExactly("m");
            execute(admin, "SET ROLE weir_owner; CREATE TABLE monitoring.later (id INT); RESET ROLE");
            assertThat(list(reader, "SELECT id FROM monitoring.later")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoMayNotMakeRolesMigratesWithoutAndIsGrantedLater(Postgres.Version server) throws SQLException {
        String url = postgres.newDatabase(server);
        String name = url.replaceAll(".*/|\\?.*", "");
        SchemaRoles roles = new SchemaRoles(name + "_owner", name + "_writer", name + "_reader");
        Database plain = as(name + "_plain", url);
        try (Connection admin = new Database(url, "postgres", "").connect()) {
            execute(admin, "CREATE ROLE " + plain.user() + " LOGIN");
            execute(admin, "ALTER DATABASE " + name + " OWNER TO " + plain.user());
            new Migrations(plain, roles).migrate();
            try (Connection own = plain.connect()) {
                assertThat(list(own, "SELECT DISTINCT owner::regrole::text FROM weir.objects()"))
                        .containsExactly(plain.user());
                assertThat(list(own, "SELECT weir.apply_grants()::text")).containsExactly("false");
                assertThat(warnings(own, "SELECT weir.make_roles()"))
                        .contains("role " + roles.owner() + " is missing and " + plain.user() + " may not make it");
                for (String role : List.of(roles.owner(), roles.writer(), roles.reader())) {
                    execute(admin, "CREATE ROLE " + role + " NOLOGIN");
                }
                assertThat(list(own, "SELECT weir.apply_grants()::text")).containsExactly("false");
                assertThat(warnings(own, "SELECT weir.make_roles()"))
                        .contains(plain.user() + " may not act as " + roles.owner() + ": GRANT " + roles.owner());
                execute(admin, "GRANT " + roles.owner() + " TO " + plain.user());
                assertThat(list(own, "SELECT weir.apply_grants()::text")).containsExactly("true");
                assertThat(list(own, "SELECT DISTINCT owner::regrole::text FROM weir.objects()"))
                        .containsExactly(roles.owner());
            }
            new Rollback(plain, roles).to(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoMayMakeRolesNeedsNoSuperuser(Postgres.Version server) throws SQLException {
        String url = postgres.newDatabase(server);
        String name = url.replaceAll(".*/|\\?.*", "");
        SchemaRoles roles = new SchemaRoles(name + "_owner", name + "_writer", name + "_reader");
        Database maker = as(name + "_maker", url);
        try (Connection admin = new Database(url, "postgres", "").connect()) {
            execute(admin, "CREATE ROLE " + maker.user() + " LOGIN CREATEROLE");
            execute(admin, "ALTER DATABASE " + name + " OWNER TO " + maker.user());
            new Migrations(maker, roles).migrate();
            assertThat(list(admin, "SELECT DISTINCT owner::regrole::text FROM weir.objects()"))
                    .containsExactly(roles.owner());
            assertThat(new Rollback(maker, roles).to(1)).startsWith(5);
            assertThat(new Migrations(maker, roles).migrate()).isPositive();
        }
    }

    private void denied(String role, String statement) throws SQLException {
        String url = url();
        try (Connection admin = new Database(url, "postgres", "").connect();
                Connection member = member(url, admin, role)) {
            assertThatThrownBy(() -> execute(member, statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("42501"))
                    .hasMessageMatching("(?s)ERROR: (permission denied for|must be owner of) .*");
        }
    }

    private String url() {
        String url = shared;
        if (url == null) {
            url = postgres.migrated(Postgres.Version.NEWEST);
            shared = url;
        }
        return url;
    }

    private static void eachGrantIsNeeded(Connection admin, Connection member, String role, List<String> acts)
            throws SQLException {
        List<String[]> grants = new ArrayList<>();
        try (Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(GRANTS.replace("ROLE", role))) {
            while (rows.next()) {
                grants.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        assertThat(grants).hasSizeGreaterThan(10);
        for (String[] grant : grants) {
            execute(admin, "REVOKE " + grant[0] + " FROM " + role);
            assertThat(Acts.refusals(member, acts))
                    .as("without " + grant[0])
                    .isNotEmpty()
                    .anyMatch(refusal -> refusal.matches("ERROR: permission denied for \\w+ " + grant[1]));
            execute(admin, "GRANT " + grant[0] + " TO " + role);
        }
        assertThat(Acts.refusals(member, acts)).isEmpty();
    }

    private static List<String> readings(Connection admin) throws SQLException {
        List<String> tables = list(
                admin,
                "SELECT format('SELECT * FROM %s LIMIT 1', name) FROM weir.objects()"
                        + " WHERE kind IN ('TABLE', 'VIEW') AND name NOT LIKE 'monitoring\\_parts.%'");
        return Stream.concat(tables.stream(), Acts.READER.stream()).toList();
    }

    private static Connection member(String url, Connection admin, String role) throws SQLException {
        String user = role + "_" + url.replaceAll(".*/|\\?.*", "");
        execute(
                admin,
                "DO $$ BEGIN IF to_regrole('" + user + "') IS NULL THEN CREATE ROLE " + user + " LOGIN IN ROLE " + role
                        + "; END IF; END $$");
        return as(user, url).connect();
    }

    /** Users in the URL come before others. */
    private static Database as(String user, String url) {
        return new Database(url.replaceFirst("\\?user=.*", ""), user, "");
    }

    private static String user(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        return list(connection, "SELECT current_user").get(0);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String warnings(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            StringBuilder warnings = new StringBuilder();
            for (SQLException warning = statement.getWarnings();
                    warning != null;
                    warning = warning.getNextException()) {
                warnings.append(warning.getMessage()).append('\n');
            }
            return warnings.toString();
        }
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
