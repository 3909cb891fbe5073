package dev.weir.sink.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** The statements of the sink that came with version 1 of the tables; they stay as they were. */
final class EarlierSink {
    static final String UPSERT = """
            INSERT INTO monitoring.aggregated_metrics AS t (
                metric_name, period, period_start, dimensions, kind, unit, min_value, max_value, avg_value, sum_value,
                count_value, p50_value, p90_value, p95_value, p99_value, success_count, error_count, hit_count,
                miss_count, error_ratio, hit_ratio, sketch, final, revision, created_at, updated_at)
            SELECT metric, 'hourly', 'epoch'::timestamptz + start_ms * interval '1 millisecond', dimensions::jsonb, kind,
                unit, min, max, avg, sum, count, p50, p90, p95, p99, success, error, hit, miss, error_ratio, hit_ratio,
                sketch, final, revision, now(), now()
            FROM unnest(
                ARRAY[?]::text[], ARRAY[?]::bigint[], ARRAY['{"service": "shop"}'], ARRAY['COUNT'], ARRAY[''],
                ARRAY[1]::float8[], ARRAY[1]::float8[], ARRAY[1]::float8[], ARRAY[1]::float8[], ARRAY[1]::bigint[],
                ARRAY[NULL]::float8[], ARRAY[NULL]::float8[], ARRAY[NULL]::float8[], ARRAY[NULL]::float8[],
                ARRAY[1]::bigint[], ARRAY[0]::bigint[], ARRAY[0]::bigint[], ARRAY[0]::bigint[],
                ARRAY[NULL]::float8[], ARRAY[NULL]::float8[], ARRAY[NULL]::bytea[], ARRAY[true], ARRAY[?]::bigint[])
                AS r (metric, start_ms, dimensions, kind, unit, min, max, avg, sum, count, p50, p90, p95, p99,
                    success, error, hit, miss, error_ratio, hit_ratio, sketch, final, revision)
            ON CONFLICT (metric_name, period, period_start, monitoring.dimensions_key(dimensions), kind, unit)
            DO UPDATE SET
                min_value = excluded.min_value, max_value = excluded.max_value, avg_value = excluded.avg_value,
                sum_value = excluded.sum_value, count_value = excluded.count_value, p50_value = excluded.p50_value,
                p90_value = excluded.p90_value, p95_value = excluded.p95_value, p99_value = excluded.p99_value,
                success_count = excluded.success_count, error_count = excluded.error_count,
                hit_count = excluded.hit_count, miss_count = excluded.miss_count, error_ratio = excluded.error_ratio,
                hit_ratio = excluded.hit_ratio, sketch = excluded.sketch, final = excluded.final,
                revision = excluded.revision, updated_at = excluded.updated_at
            WHERE excluded.revision > t.revision
            """;
    static final String CLAIM = """
            INSERT INTO weir.sink_offsets AS o (group_id, topic, partition, next_offset, owner_epoch, updated_at)
            VALUES ('earlier', 'aggregates', 0, 0, 1, now())
            ON CONFLICT (group_id, topic, partition)
            DO UPDATE SET owner_epoch = o.owner_epoch + 1, updated_at = excluded.updated_at
            RETURNING next_offset, owner_epoch
            """;
    static final String ADVANCE = """
            UPDATE weir.sink_offsets SET next_offset = next_offset + 1, updated_at = now()
            WHERE group_id = 'earlier' AND topic = 'aggregates' AND partition = 0
            """;
    static final String REJECT = """
            INSERT INTO weir.sink_rejects
                (group_id, topic, partition, record_offset, reason, record_key, record_value, rejected_at)
            VALUES ('earlier', 'aggregates', 0, 7, 'bad', NULL, NULL, now())
            ON CONFLICT DO NOTHING
            """;

    private EarlierSink() {}

    /** One batch: an hourly row, the offset, a reject. */
    static void write(Connection connection, String metric, Instant hour, long revision) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            connection.createStatement().execute(CLAIM);
            upsert.setString(1, metric);
            upsert.setLong(2, hour.toEpochMilli());
            upsert.setLong(3, revision);
            upsert.executeUpdate();
            connection.createStatement().execute(REJECT);
            connection.createStatement().execute(ADVANCE);
            connection.commit();
        }
    }
}
