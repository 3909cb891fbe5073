package dev.weir.sink;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code monitoring.aggregated_metrics} by key: any number with one statement, in the caller's transaction. */
final class StoredAggregates {
    // OFFSET 0 makes the server look each key up in the unique index (whose collation is named), which it would not do
    // of
    // itself in a partition without statistics. The bounds, equal for all keys, let it leave out partitions.
    private static final String OF_KEYS = """
            FROM unnest(:metric::text[], :start_ms::bigint[], :end_ms::bigint[], :dimensions::text[], :kind::text[],
                :unit::text[]) WITH ORDINALITY AS k (metric, start_ms, end_ms, dimensions, kind, unit, n)
            CROSS JOIN LATERAL (
                SELECT (extract(epoch FROM period_start) * 1000)::bigint AS period_ms,
                    (extract(epoch FROM coalesce(covered_until, period_start + interval '1 hour')) * 1000)::bigint
                        AS covered_ms,
                    count_value, min_value, max_value, sum_value, exact_sum, first_value, last_value, success_count,
                    error_count, hit_count, miss_count, sketch, final, revision
                FROM monitoring.aggregated_metrics
                WHERE metric_name COLLATE "C" = k.metric
                    AND monitoring.dimensions_key(dimensions) = monitoring.dimensions_key(k.dimensions::jsonb)
                    AND kind = k.kind AND unit = k.unit AND period = :period
                    AND period_start >= :since AND period_start < :until
                    AND period_start >= 'epoch'::timestamptz + k.start_ms * interval '1 millisecond'
                    AND period_start < 'epoch'::timestamptz + k.end_ms * interval '1 millisecond'
                OFFSET 0 %s
            ) t
            """;
    private static final String LOCKING = OF_KEYS.formatted("FOR NO KEY UPDATE") + "ORDER BY k.n";
    private static final String VERSIONS = "SELECT k.n, t.revision, t.final " + LOCKING;
    private static final String LOCKED = "SELECT k.n, t.* " + LOCKING;
    private static final String PARTS = "SELECT k.n, t.* " + OF_KEYS.formatted("")
            + "WHERE t.final OR :period <> 'hourly' ORDER BY k.n, t.period_ms";

    /** Which form of a row is stored. */
    record Version(long revision, boolean isFinal) {}

    /** Rows of a series: those of a period that begin in a span. */
    record Range(RowKey key, Span span) {
        static Range of(RowKey key) {
            return new Range(key, new Span(key.startMs(), key.startMs() + 1));
        }
    }

    /** Locks the rows that exist, in the order of the keys, which are of one period. */
    Map<RowKey, Version> lockVersions(Handle handle, List<RowKey> keys) {
        Map<RowKey, Version> found = new HashMap<>();
        readKeys(
                handle,
                VERSIONS,
                keys,
                (range, row) -> found.put(range.key(), new Version(row.getLong("revision"), row.getBoolean("final"))));
        return found;
    }

    /** As {@link #lockVersions}, with all of the rows. */
    Map<RowKey, AggregateRow> lock(Handle handle, List<RowKey> keys) {
        Map<RowKey, AggregateRow> found = new HashMap<>();
        readKeys(handle, LOCKED, keys, (range, row) -> found.put(range.key(), aggregate(range.key(), row)));
        return found;
    }

    /**
     * The rows that days or weeks consist of, by time: of a day its final hours, of a week its days.
     *
     * @param part the period of the parts
     * @param wholes days or weeks with the time they last
     */
    Map<RowKey, List<AggregateRow>> parts(Handle handle, Period part, List<Range> wholes) {
        Map<RowKey, List<AggregateRow>> found = new HashMap<>();
        read(
                handle,
                PARTS,
                part,
                wholes,
                (range, row) -> found.computeIfAbsent(range.key(), key -> new ArrayList<>())
                        .add(aggregate(range.key().at(part, row.getLong("period_ms")), row)));
        return found;
    }

    private static void readKeys(Handle handle, String sql, List<RowKey> keys, RowReader reader) {
        if (!keys.isEmpty()) {
            read(handle, sql, keys.get(0).period(), keys.stream().map(Range::of).toList(), reader);
        }
    }

    private static void read(Handle handle, String sql, Period period, List<Range> ranges, RowReader reader) {
        if (ranges.isEmpty()) {
            return;
        }
        try (Query query = handle.createQuery(sql)) {
            query.bind("period", period.text());
            query.bind(
                    "since",
                    time(ranges.stream()
                            .mapToLong(range -> range.span().startMs())
                            .min()
                            .orElseThrow()));
            query.bind(
                    "until",
                    time(ranges.stream()
                            .mapToLong(range -> range.span().endMs())
                            .max()
                            .orElseThrow()));
            ColumnArrays<Range> columns = new ColumnArrays<>(query, ranges);
            columns.text("metric", range -> range.key().metric());
            columns.number("start_ms", range -> range.span().startMs());
            columns.number("end_ms", range -> range.span().endMs());
            columns.text("dimensions", range -> range.key().dimensions());
            columns.text("kind", range -> range.key().kind().name());
            columns.text("unit", range -> range.key().unit());
            query.scanResultSet((result, context) -> {
                try (ResultSet rows = result.get()) {
                    while (rows.next()) {
                        reader.row(ranges.get(rows.getInt("n") - 1), rows);
                    }
                    return rows;
                }
            });
        }
    }

    private static OffsetDateTime time(long ms) {
        return Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
    }

    private static AggregateRow aggregate(RowKey key, ResultSet row) throws SQLException {
        double sum = row.getDouble("sum_value");
        BigDecimal exactSum = row.getBigDecimal("exact_sum");
        byte[] sketch = row.getBytes("sketch");
        return new AggregateRow(
                key,
                row.getLong("count_value"),
                real(row, "min_value"),
                real(row, "max_value"),
                sum,
                exactSum == null ? AggregateRow.exact(sum) : exactSum,
                real(row, "first_value"),
                real(row, "last_value"),
                Outcomes.of(
                        row.getLong("success_count"),
                        row.getLong("error_count"),
                        row.getLong("hit_count"),
                        row.getLong("miss_count")),
                Percentiles.NONE,
                sketch == null ? null : ByteBuffer.wrap(sketch),
                row.getBoolean("final"),
                row.getLong("revision"),
                row.getLong("covered_ms"));
    }

    private static @Nullable Double real(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : Double.valueOf(value);
    }

    private interface RowReader {
        void row(Range range, ResultSet row) throws SQLException;
    }
}
