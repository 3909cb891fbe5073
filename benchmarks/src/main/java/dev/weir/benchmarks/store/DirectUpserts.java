package dev.weir.benchmarks.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a plain program does: multi-row upserts of rows it has in memory, sorted as the sink sorts them, a commit each. */
final class DirectUpserts {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROWS = 1_000;
    private static final String COLUMNS = """
            metric_name, period, period_start, dimensions, kind, unit, min_value, max_value, avg_value, sum_value,
            count_value, p50_value, p90_value, p95_value, p99_value, success_count, error_count, hit_count, miss_count,
            error_ratio, hit_ratio, sketch, final, revision, exact_sum, covered_until""";
    private static final String VALUES =
            "(?, 'hourly', ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::numeric, ?)";
    private static final String CONFLICT = """
             ON CONFLICT (metric_name, period, period_start, monitoring.dimensions_key(dimensions), kind, unit) DO UPDATE SET
                min_value = excluded.min_value, max_value = excluded.max_value, avg_value = excluded.avg_value,
                sum_value = excluded.sum_value, count_value = excluded.count_value, p50_value = excluded.p50_value,
                p90_value = excluded.p90_value, p95_value = excluded.p95_value, p99_value = excluded.p99_value,
                success_count = excluded.success_count, error_count = excluded.error_count, hit_count = excluded.hit_count,
                miss_count = excluded.miss_count, error_ratio = excluded.error_ratio, hit_ratio = excluded.hit_ratio,
                sketch = excluded.sketch, final = excluded.final, revision = excluded.revision,
                exact_sum = excluded.exact_sum, covered_until = excluded.covered_until, updated_at = now()
            WHERE excluded.revision > t.revision""";

    private DirectUpserts() {}

    private record Row(WindowAggregate aggregate, String dimensions) {}

    /** Writes all, whose number is a multiple of {@value #ROWS}. Returns rows a second. */
    static double run(String jdbcUrl, List<WindowAggregate> aggregates) throws SQLException, JsonProcessingException {
        List<Row> rows = new ArrayList<>();
        for (WindowAggregate aggregate : aggregates) {
            rows.add(row(aggregate));
        }
        rows.sort((a, b) -> {
            int byMetric = a.aggregate().getMetric().compareTo(b.aggregate().getMetric());
            return byMetric == 0 ? a.dimensions().compareTo(b.dimensions()) : byMetric;
        });
        String sql = "INSERT INTO monitoring.aggregated_metrics AS t (" + COLUMNS + ") VALUES "
                + String.join(", ", Collections.nCopies(ROWS, VALUES)) + CONFLICT;
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            for (int from = 0; from + ROWS <= rows.size(); from += ROWS) {
                int position = 1;
                for (Row row : rows.subList(from, from + ROWS)) {
                    position = bind(statement, position, row);
                }
                statement.executeUpdate();
                connection.commit();
            }
            return rows.size() / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static Row row(WindowAggregate aggregate) throws JsonProcessingException {
        Map<String, String> dimensions = new TreeMap<>(aggregate.getLabels());
        dimensions.put("service", aggregate.getService());
        return new Row(aggregate, JSON.writeValueAsString(dimensions));
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer sketch) {
        if (sketch == null) {
            return null;
        }
        byte[] bytes = new byte[sketch.remaining()];
        sketch.duplicate().get(bytes);
        return bytes;
    }

    private static int bind(PreparedStatement statement, int first, Row row) throws SQLException {
        int at = first;
        WindowAggregate aggregate = row.aggregate();
        statement.setString(at++, aggregate.getMetric());
        statement.setObject(at++, aggregate.getWindowStart().atOffset(ZoneOffset.UTC));
        statement.setString(at++, row.dimensions());
        statement.setString(at++, aggregate.getKind().name());
        statement.setString(at++, aggregate.getUnit() == null ? "" : aggregate.getUnit());
        statement.setDouble(at++, aggregate.getMin());
        statement.setDouble(at++, aggregate.getMax());
        statement.setDouble(at++, aggregate.getSum() / aggregate.getCount());
        statement.setDouble(at++, aggregate.getSum());
        statement.setLong(at++, aggregate.getCount());
        List<QuantileValue> quantiles = aggregate.getQuantiles();
        for (int i = 0; i < 4; i++) {
            if (aggregate.getKind() == MetricKind.OBSERVATION) {
                statement.setDouble(at++, quantiles.get(i).getValue());
            } else {
                statement.setNull(at++, Types.DOUBLE);
            }
        }
        statement.setLong(at++, aggregate.getSuccessCount());
        statement.setLong(at++, aggregate.getErrorCount());
        statement.setLong(at++, aggregate.getHitCount());
        statement.setLong(at++, aggregate.getMissCount());
        statement.setObject(at++, aggregate.getErrorRatio(), Types.DOUBLE);
        statement.setObject(at++, aggregate.getHitRatio(), Types.DOUBLE);
        statement.setBytes(at++, bytes(aggregate.getSketch()));
        statement.setBoolean(at++, aggregate.getFinal$());
        statement.setLong(at++, aggregate.getRevision());
        statement.setString(at++, Double.toString(aggregate.getSum()));
        statement.setObject(at++, aggregate.getWindowEnd().atOffset(ZoneOffset.UTC));
        return at;
    }
}
