package dev.weir.app.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sink.SinkMigrations;
import dev.weir.sink.SinkSettings;
import dev.weir.sink.SinkTopic;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL of the runbooks on the store's own tables. */
final class RunbookQueriesIT {
    @Test
    void everyQueryIsOneThatTheStoreAnswers(@TempDir Path directory) throws SQLException {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(directory.resolve("pg"), 0);
                Connection store = DriverManager.getConnection(server.jdbcUrl())) {
            SinkMigrations.migrate(
                    SinkSettings.of(Map.of(SinkTopic.AGGREGATES, "t"), "g", server.jdbcUrl(), "postgres", ""));
            List<String> faults = new ArrayList<>();
            for (Runbook runbook : Runbook.all()) {
                for (String query : runbook.blocks("sql")) {
                    try (Statement statement = store.createStatement()) {
                        statement.execute(query);
                    } catch (SQLException refused) {
                        faults.add(runbook + ": " + refused.getMessage() + "\n" + query);
                    }
                }
            }
            assertThat(faults).isEmpty();
        }
    }
}
