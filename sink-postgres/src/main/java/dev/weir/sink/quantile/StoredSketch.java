package dev.weir.sink.quantile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.sketch.Sketch;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of many rows in one sketch.
 *
 * @param rows how many rows it was merged from
 * @param unit of the values; empty if the events gave none
 */
public record StoredSketch(Sketch sketch, long rows, String unit) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS_AT_ONCE = 500;
    private static final String ROWS = """
            SELECT unit, sketch FROM monitoring.aggregated_metrics
            WHERE metric_name = ? AND period = ? AND dimensions @> ?::jsonb AND period_start >= ? AND period_start < ?
                AND sketch IS NOT NULL
            ORDER BY period_start, dimensions
            """;

    /**
     * Reads and merges row by row; memory is that of one sketch.
     *
     * @return empty if no row has a sketch
     * @throws IllegalArgumentException if the rows are of several units, or a sketch is malformed
     */
    public static Optional<StoredSketch> read(Connection connection, SketchQuery query) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, query.metric());
            statement.setString(2, query.period());
            statement.setString(3, json(query));
            statement.setObject(4, query.from().atOffset(ZoneOffset.UTC));
            statement.setObject(5, query.to().atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                return merge(rows, query);
            }
        } finally {
            connection.rollback();
        }
    }

    private static Optional<StoredSketch> merge(ResultSet rows, SketchQuery query) throws SQLException {
        @Nullable Sketch merged = null;
        String unit = "";
        long count = 0;
        while (rows.next()) {
            Sketch sketch = Sketch.decode(ByteBuffer.wrap(rows.getBytes(2)));
            if (merged == null) {
                merged = sketch;
                unit = rows.getString(1);
            } else if (unit.equals(rows.getString(1))) {
                merged.merge(sketch);
            } else {
                throw new IllegalArgumentException(
                        "unit of " + query.metric() + " is \"" + unit + "\" in some rows and \"" + rows.getString(1)
                                + "\" in others, must be one: choose a service or labels, or another time");
            }
            count++;
        }
        return merged == null ? Optional.empty() : Optional.of(new StoredSketch(merged, count, unit));
    }

    private static String json(SketchQuery query) {
        try {
            return JSON.writeValueAsString(query.dimensions());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of texts is no JSON", impossible);
        }
    }
}
