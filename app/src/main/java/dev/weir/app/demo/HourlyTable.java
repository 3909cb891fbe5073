package dev.weir.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.app.CommandFailedException;
import dev.weir.app.config.StoreSettings;
import dev.weir.app.store.StoreDatabase;
import dev.weir.testing.oracle.HourlyRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the hourly rows back out of PostgreSQL. */
final class HourlyTable {
    private static final String SELECT = """
            SELECT metric_name, dimensions, extract(epoch FROM period_start) * 1000 AS start_ms, count_value, sum_value,
                   min_value, max_value, p50_value, p90_value, p95_value, p99_value,
                   success_count, error_count, hit_count, miss_count, error_ratio, hit_ratio
              FROM monitoring.aggregated_metrics
             WHERE period = 'hourly'
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoreSettings store;

    HourlyTable(StoreSettings store) {
        this.store = store;
    }

    List<HourlyRow> rows() {
        return new StoreDatabase(store).connected(HourlyTable::rows);
    }

    private static List<HourlyRow> rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SELECT)) {
            List<HourlyRow> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        } catch (JsonProcessingException e) {
            throw new CommandFailedException(
                    "dimensions of an hourly row cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static HourlyRow row(ResultSet result) throws SQLException, JsonProcessingException {
        Map<String, String> labels = JSON.readValue(result.getString("dimensions"), new TypeReference<>() {});
        return new HourlyRow(
                result.getString("metric_name"),
                labels,
                Instant.ofEpochMilli(result.getLong("start_ms")),
                result.getLong("count_value"),
                result.getDouble("sum_value"),
                result.getDouble("min_value"),
                result.getDouble("max_value"),
                nullable(result, "p50_value"),
                nullable(result, "p90_value"),
                nullable(result, "p95_value"),
                nullable(result, "p99_value"),
                result.getLong("success_count"),
                result.getLong("error_count"),
                result.getLong("hit_count"),
                result.getLong("miss_count"),
                nullable(result, "error_ratio"),
                nullable(result, "hit_ratio"));
    }

    private static @Nullable Double nullable(ResultSet result, String column) throws SQLException {
        double value = result.getDouble(column);
        return result.wasNull() ? null : value;
    }
}
