package dev.weir.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresServerIT {
    @TempDir
    Path directory;

    @Test
    void committedRowsSurviveKillAndStop() throws Exception {
        Path data = directory.resolve("pg");
        int port;
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, 0)) {
            port = server.port();
            execute(server, "CREATE TABLE kept (n int)");
            execute(server, "INSERT INTO kept VALUES (1)");
            server.killImmediately();
        }
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, port)) {
            execute(server, "INSERT INTO kept VALUES (2)");
        }
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, port)) {
            assertThat(query(server, "SELECT sum(n) FROM kept")).isEqualTo("3");
            assertThat(query(server, "SHOW fsync")).isEqualTo("on");
            assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "SHOW server_version")).startsWith("18.");
        }
    }

    @Test
    void serverLeftBehindIsStoppedByTheNextStart() throws Exception {
        Path data = directory.resolve("pg");
        EmbeddedPostgresServer left = EmbeddedPostgresServer.start(data, 0);
        execute(left, "CREATE TABLE kept (n int)");
        // As after kill -9 of the owner: its lock is gone, the server runs on.
        Files.delete(data.resolve("epg-lock"));
        try (EmbeddedPostgresServer next = EmbeddedPostgresServer.start(data, left.port())) {
            assertThat(query(next, "SELECT count(*) FROM kept")).isEqualTo("0");
        }
        left.close();
        assertThat(Postmaster.running(data)).isEmpty();
    }

    @Test
    void takenPortIsNamedInTheError() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = holder.getLocalPort();
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(directory, port))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("port is " + port + ", must be free on 127.0.0.1 (embedded PostgreSQL)");
        }
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
