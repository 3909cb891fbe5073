package dev.weir.app.demo;

import dev.weir.app.config.StoreSettings;
import dev.weir.app.store.StoreDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the rows of the tables and views besides the hourly rows: after a demo each has some. */
final class StoreRows {
    private static final List<String> FILLED = List.of(
            "monitoring.pipeline_metrics",
            "monitoring.worker_issues",
            "public.monitoring_events",
            "monitoring.slow_queries",
            "monitoring.connection_stats",
            "monitoring.schema_versions",
            "monitoring.schema_version_mismatches",
            "monitoring.alert_transitions",
            "monitoring.alerts",
            "monitoring.queue_metrics",
            "monitoring.api_metrics");

    private final StoreSettings store;

    StoreRows(StoreSettings store) {
        this.store = store;
    }

    /** Rows by the name of the table or view, in a fixed order. */
    Map<String, Long> counts() {
        return new StoreDatabase(store).connected(StoreRows::counts);
    }

    private static Map<String, Long> counts(Connection connection) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (String table : FILLED) {
                try (ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    result.next();
                    counts.put(table, result.getLong(1));
                }
            }
        }
        return counts;
    }
}
