package dev.weir.sink.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.sink.Postgres;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code sslmode=verify-full} in the JDBC URL: the driver checks the server's certificate and its name. */
@ExtendWith(Postgres.Extension.class)
final class VerifiedServerIT {
    @TempDir
    private static Path directory;

    private static Path trusted;
    private static Path other;
    private static EmbeddedPostgresServer server;

    @BeforeAll
    static void serveTls(Postgres postgres) throws IOException, InterruptedException, SQLException {
        Authority authority = Authority.in(directory, "trusted");
        authority.sign("localhost");
        trusted = authority.certificate();
        other = Authority.in(directory, "other").certificate();
        server = postgres.server(Postgres.Version.NEWEST);
        Path data = postgres.directory(Postgres.Version.NEWEST);
        UserPrincipal owner = Files.getOwner(data);
        for (String file : new String[] {"server.crt", "server.key"}) {
            Path copy = Files.copy(directory.resolve(file), data.resolve(file));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            Files.setOwner(copy, owner);
        }
        try (Connection connection = new Database(server.jdbcUrl(), "postgres", "").connect()) {
            turnTls("on", connection);
        }
        await("TLS").until(VerifiedServerIT::speaksTls);
    }

    private static boolean speaksTls() {
        try (Connection connection = new Database(server.jdbcUrl() + "&sslmode=require", "postgres", "").connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @AfterAll
    static void serveWithoutTls() throws SQLException {
        try (Connection connection = new Database(server.jdbcUrl(), "postgres", "").connect()) {
            turnTls("off", connection);
        }
    }

    @Test
    void rightHostOfATrustedAuthorityIsConnectedWithTls() throws SQLException {
        try (Connection connection = database("localhost", trusted).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
        assertThat(Migrations.atOnce(database("localhost", trusted), SchemaRoles.USUAL)
                        .status())
                .isNotEmpty();
    }

    @Test
    void otherHostThanTheCertificateNamesIsRefused() {
        assertThatThrownBy(() -> database("127.0.0.1", trusted).connect())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("The hostname 127.0.0.1 could not be verified");
    }

    @Test
    void otherAuthorityIsRefused() {
        assertThatThrownBy(() -> database("localhost", other).connect())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SSL error")
                .hasMessageContaining("unable to find valid certification path to requested target");
    }

    @Test
    void missingCertificateFileIsNamed() {
        Path missing = directory.resolve("missing.crt");
        assertThatThrownBy(() -> database("localhost", missing).connect())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Could not open SSL root certificate file " + missing);
    }

    @Test
    void plainServerIsRefused(Postgres postgres) {
        int port = postgres.server(Postgres.Version.OLDEST).port();
        assertThatThrownBy(() -> database("localhost", port, trusted).connect())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("The server does not support SSL");
    }

    private static Database database(String host, Path authority) {
        return database(host, server.port(), authority);
    }

    private static Database database(String host, int port, Path authority) {
        return new Database(
                "jdbc:postgresql://" + host + ":" + port + "/postgres?sslmode=verify-full&sslrootcert=" + authority,
                "postgres",
                "");
    }

    private static void turnTls(String onOff, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET ssl = " + onOff);
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
