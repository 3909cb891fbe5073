package dev.weir.sink;

import dev.weir.events.SlowQuery;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Slow queries in {@code monitoring.slow_queries}, one row a query of a database, in whatever order its records come. */
final class SlowQueryTable implements RowTable<SlowQuery, SlowQueryRow> {
    private static final String UPSERT = """
            INSERT INTO monitoring.slow_queries AS t (
                database_name, query_hash, query_text, avg_duration_ms, call_count, detected_at, last_seen)
            SELECT database, hash, query, average_ms, calls,
                'epoch'::timestamptz + since_ms * interval '1 millisecond',
                'epoch'::timestamptz + at_ms * interval '1 millisecond'
            FROM unnest(
                :database::text[], :hash::text[], :query::text[], :average_ms::float8[], :calls::bigint[],
                :since_ms::bigint[], :at_ms::bigint[])
                AS r (database, hash, query, average_ms, calls, since_ms, at_ms)
            ON CONFLICT (database_name, query_hash)
            DO UPDATE SET
                query_text = CASE WHEN excluded.last_seen > t.last_seen THEN excluded.query_text ELSE t.query_text END,
                avg_duration_ms =
                    CASE WHEN excluded.last_seen > t.last_seen THEN excluded.avg_duration_ms ELSE t.avg_duration_ms END,
                call_count = CASE WHEN excluded.last_seen > t.last_seen THEN excluded.call_count ELSE t.call_count END,
                detected_at = least(t.detected_at, excluded.detected_at),
                last_seen = greatest(t.last_seen, excluded.last_seen)
            WHERE excluded.last_seen > t.last_seen OR excluded.detected_at < t.detected_at
            """;

    @Override
    public Class<SlowQuery> recordType() {
        return SlowQuery.class;
    }

    @Override
    public List<SlowQueryRow> rows(SlowQuery value, ConsumerRecord<byte[], byte[]> source) {
        StorableText.require("database", value.getDatabase());
        StorableText.requirePresent("query_hash", value.getQueryHash());
        StorableText.require("query_text", value.getQueryText());
        return List.of(SlowQueryRow.of(value, source));
    }

    @Override
    public List<SlowQueryRow> arrange(List<SlowQueryRow> rows) {
        return RowTable.onePerKey(rows, SlowQueryRow::key, SlowQueryRow::merged, SlowQueryRow.WRITE_ORDER);
    }

    @Override
    public long write(Handle handle, List<SlowQueryRow> rows) {
        try (Update update = handle.createUpdate(UPSERT)) {
            new ColumnArrays<>(update, rows)
                    .text("database", row -> row.query().getDatabase())
                    .text("hash", row -> row.query().getQueryHash())
                    .text("query", row -> row.query().getQueryText())
                    .real("average_ms", row -> row.query().getAverageMs())
                    .number("calls", row -> row.query().getCalls())
                    .ms("since_ms", SlowQueryRow::since)
                    .ms("at_ms", row -> row.query().getTimestamp());
            return update.execute();
        }
    }
}
