package dev.weir.sink;

import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jdbi.v3.core.transaction.TransactionException;

/** Writes rows of {@code monitoring.aggregated_metrics}: any number with one statement, in the caller's transaction. */
final class AggregateStore {
    // One array a column: the text never changes, so the server keeps its plan, and no limit on parameters is met.
    private static final String INSERT = """
            INSERT INTO monitoring.aggregated_metrics AS t (
                metric_name, period, period_start, dimensions, kind, unit, min_value, max_value, avg_value, sum_value,
                exact_sum, first_value, last_value, count_value, p50_value, p90_value, p95_value, p99_value,
                success_count, error_count, hit_count, miss_count, error_ratio, hit_ratio, sketch, final, revision,
                covered_until, created_at, updated_at)
            SELECT metric, period, 'epoch'::timestamptz + start_ms * interval '1 millisecond', dimensions::jsonb, kind,
                unit, min, max, avg, sum, exact_sum, first, last, count, p50, p90, p95, p99, success, error, hit, miss,
                error_ratio, hit_ratio, sketch, final, revision,
                'epoch'::timestamptz + covered_ms * interval '1 millisecond', :now, :now
            FROM unnest(
                :metric::text[], :period::text[], :start_ms::bigint[], :dimensions::text[], :kind::text[], :unit::text[],
                :min::float8[], :max::float8[], :avg::float8[], :sum::float8[], :exact_sum::numeric[],
                :first::float8[], :last::float8[], :count::bigint[],
                :p50::float8[], :p90::float8[], :p95::float8[], :p99::float8[],
                :success::bigint[], :error::bigint[], :hit::bigint[], :miss::bigint[],
                :error_ratio::float8[], :hit_ratio::float8[], :sketch::bytea[], :final::boolean[], :revision::bigint[],
                :covered_ms::bigint[])
                AS r (metric, period, start_ms, dimensions, kind, unit, min, max, avg, sum, exact_sum, first, last, count,
                    p50, p90, p95, p99, success, error, hit, miss, error_ratio, hit_ratio, sketch, final, revision,
                    covered_ms)
            ON CONFLICT (metric_name, period, period_start, monitoring.dimensions_key(dimensions), kind, unit)
            """;
    private static final String KEEP = INSERT + "DO NOTHING";
    private static final String REPLACE = INSERT + """
            DO UPDATE SET
                min_value = excluded.min_value, max_value = excluded.max_value,
                avg_value = excluded.avg_value, sum_value = excluded.sum_value, exact_sum = excluded.exact_sum,
                first_value = excluded.first_value, last_value = excluded.last_value, count_value = excluded.count_value,
                p50_value = excluded.p50_value, p90_value = excluded.p90_value, p95_value = excluded.p95_value,
                p99_value = excluded.p99_value, success_count = excluded.success_count,
                error_count = excluded.error_count, hit_count = excluded.hit_count, miss_count = excluded.miss_count,
                error_ratio = excluded.error_ratio, hit_ratio = excluded.hit_ratio, sketch = excluded.sketch,
                final = excluded.final, revision = excluded.revision, covered_until = excluded.covered_until,
                updated_at = excluded.updated_at
            WHERE excluded.revision > t.revision
            """;
    private static final String SERIALIZATION_FAILURE = "40001";

    private final InstantSource clock;

    AggregateStore(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Adds rows that were not there when the caller looked.
     *
     * @param rows in {@link RowKey#WRITE_ORDER}, each key once
     * @throws TransactionException to be tried again, if another writer has added one of them meanwhile
     */
    void insert(Handle handle, List<AggregateRow> rows) {
        int inserted = execute(handle, KEEP, rows);
        if (inserted < rows.size()) {
            throw new TransactionException(
                    "rows were added by another writer",
                    new SQLException(
                            (rows.size() - inserted) + " of " + rows.size() + " rows from "
                                    + rows.get(0).key() + " on were added by another writer",
                            SERIALIZATION_FAILURE));
        }
    }

    /** Replaces the rows whose stored revision is less; as {@link #insert}, the rows in order. Returns how many. */
    int replace(Handle handle, List<AggregateRow> rows) {
        return execute(handle, REPLACE, rows);
    }

    private int execute(Handle handle, String sql, List<AggregateRow> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        try (Update update = handle.createUpdate(sql)) {
            update.bind("now", clock.instant().atOffset(ZoneOffset.UTC));
            ColumnArrays<AggregateRow> columns = new ColumnArrays<>(update, rows);
            columns.text("metric", row -> row.key().metric());
            columns.text("period", row -> row.key().period().text());
            columns.number("start_ms", row -> row.key().startMs());
            columns.text("dimensions", row -> row.key().dimensions());
            columns.text("kind", row -> row.key().kind().name());
            columns.text("unit", row -> row.key().unit());
            columns.real("min", AggregateRow::min);
            columns.real("max", AggregateRow::max);
            columns.real("avg", AggregateRow::average);
            columns.real("sum", AggregateRow::sum);
            columns.bind("exact_sum", "numeric", AggregateRow::exactSum);
            columns.real("first", AggregateRow::first);
            columns.real("last", AggregateRow::last);
            columns.number("count", AggregateRow::count);
            columns.real("p50", row -> row.percentiles().p50());
            columns.real("p90", row -> row.percentiles().p90());
            columns.real("p95", row -> row.percentiles().p95());
            columns.real("p99", row -> row.percentiles().p99());
            columns.number("success", row -> row.outcomes().successes());
            columns.number("error", row -> row.outcomes().errors());
            columns.number("hit", row -> row.outcomes().hits());
            columns.number("miss", row -> row.outcomes().misses());
            columns.real("error_ratio", row -> row.outcomes().errorRatio());
            columns.real("hit_ratio", row -> row.outcomes().hitRatio());
            columns.bytes("sketch", AggregateRow::sketchBytes);
            columns.bind("final", "bool", AggregateRow::isFinal);
            columns.number("revision", AggregateRow::revision);
            columns.number("covered_ms", AggregateRow::coveredUntilMs);
            return update.execute();
        }
    }
}
