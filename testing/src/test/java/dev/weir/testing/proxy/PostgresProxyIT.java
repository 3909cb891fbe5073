package dev.weir.testing.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.testing.postgres.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresProxyIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CONNECTION_FAILURE = "08";

    private static EmbeddedPostgresServer server;
    private static PostgresProxy proxy;

    @BeforeAll
    static void start(@TempDir Path directory) throws SQLException {
        server = EmbeddedPostgresServer.start(directory, 0);
        proxy = PostgresProxy.to(server.port());
        try (Connection direct = DriverManager.getConnection(server.jdbcUrl())) {
            execute(direct, "CREATE TABLE t (n INT, text TEXT)");
        }
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    @AfterEach
    void passAgain() {
        proxy.pass();
    }

    @Test
    void passesWhatServerAndClientSay() throws SQLException {
        try (Connection connection = connect("")) {
            assertThat(number(connection, "SELECT length(repeat('x', 1000000))"))
                    .isEqualTo(1_000_000);
            assertThat(proxy.connections()).isEqualTo(1);
        }
        await().atMost(LIMIT).until(() -> proxy.connections() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&preferQueryMode=simple", "&prepareThreshold=1"})
    void swallowedCommitIsInTheDatabaseAndTheClientDoesNotKnow(String mode) throws SQLException {
        int swallowed = proxy.commitsSwallowed();
        try (Connection connection = connect(mode)) {
            connection.setAutoCommit(false);
            for (int n = 0; n < 3; n++) {
                execute(connection, "INSERT INTO t VALUES (1, 'told" + mode + "')");
                connection.commit();
            }
            proxy.swallowNextCommit();
            execute(connection, "INSERT INTO t VALUES (1, 'swallowed" + mode + "')");
            assertThatThrownBy(connection::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith(CONNECTION_FAILURE));
        }
        assertThat(proxy.commitsSwallowed()).isEqualTo(swallowed + 1);
        assertThat(rows("swallowed" + mode)).isEqualTo(1);
        assertThat(rows("told" + mode)).isEqualTo(3);
    }

    @Test
    void cutEndsTransactionsThatAreUnderWay() throws SQLException {
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            execute(connection, "INSERT INTO t VALUES (1, 'cut')");
            proxy.cut();
            assertBroken(connection);
        }
        assertThat(rows("cut")).isZero();
    }

    @Test
    void cutAfterBytesPassesSoManyAndNoMore() throws SQLException {
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            proxy.cutAfter(1_000);
            execute(connection, "INSERT INTO t VALUES (1, 'after')");
            assertThatThrownBy(() ->
                            execute(connection, "INSERT INTO t VALUES (1, repeat('" + "x".repeat(2_000) + "', 1))"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(rows("after")).isZero();
        try (Connection next = connect("")) {
            assertThat(number(next, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void stalledConnectionWaitsAndGoesOn() throws SQLException {
        try (Connection connection = connect("")) {
            proxy.stall();
            CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return number(connection, "SELECT 7");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            proxy.pass();
            assertThat(answer).succeedsWithin(LIMIT).isEqualTo(7);
        }
    }

    @Test
    void refusesUntilItPassesAgain() throws SQLException {
        try (Connection connection = connect("")) {
            proxy.refuse();
            assertBroken(connection);
        }
        assertThatThrownBy(() -> connect("").close()).isInstanceOf(SQLException.class);
        proxy.pass();
        try (Connection connection = connect("")) {
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    private static void assertBroken(Connection connection) {
        assertThatThrownBy(() -> number(connection, "SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith(CONNECTION_FAILURE));
    }

    private static Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl().replace(":" + server.port() + "/", ":" + proxy.port() + "/") + options);
    }

    private static int rows(String text) throws SQLException {
        try (Connection direct = DriverManager.getConnection(server.jdbcUrl())) {
            return number(direct, "SELECT count(*) FROM t WHERE text = '" + text + "'");
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
