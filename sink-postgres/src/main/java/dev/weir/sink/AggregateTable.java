package dev.weir.sink;

import dev.weir.aggregates.WindowAggregate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Hourly rows in {@code monitoring.aggregated_metrics}: any number with one statement, newest revision wins. Windows
 * other than one hour become no row.
 */
final class AggregateTable implements RowTable<WindowAggregate, HourlyRow> {
    private static final Duration HOUR = Duration.ofHours(1);

    // One array a column: the text never changes, so the server keeps its plan, and no limit on parameters is met.
    private static final String UPSERT = """
            INSERT INTO monitoring.aggregated_metrics AS t (
                metric_name, period, period_start, dimensions, kind, unit, min_value, max_value, avg_value, sum_value,
                count_value, p50_value, p90_value, p95_value, p99_value, success_count, error_count, hit_count,
                miss_count, error_ratio, hit_ratio, sketch, final, revision, created_at, updated_at)
            SELECT metric, 'hourly', 'epoch'::timestamptz + start_ms * interval '1 millisecond', dimensions::jsonb, kind,
                unit, min, max, avg, sum, count, p50, p90, p95, p99, success, error, hit, miss, error_ratio, hit_ratio,
                sketch, final, revision, :now, :now
            FROM unnest(
                :metric::text[], :start_ms::bigint[], :dimensions::text[], :kind::text[], :unit::text[],
                :min::float8[], :max::float8[], :avg::float8[], :sum::float8[], :count::bigint[],
                :p50::float8[], :p90::float8[], :p95::float8[], :p99::float8[],
                :success::bigint[], :error::bigint[], :hit::bigint[], :miss::bigint[],
                :error_ratio::float8[], :hit_ratio::float8[], :sketch::bytea[], :final::boolean[], :revision::bigint[])
                AS r (metric, start_ms, dimensions, kind, unit, min, max, avg, sum, count, p50, p90, p95, p99,
                    success, error, hit, miss, error_ratio, hit_ratio, sketch, final, revision)
            ON CONFLICT (metric_name, period, period_start, monitoring.dimensions_key(dimensions), kind, unit)
            DO UPDATE SET
                min_value = excluded.min_value, max_value = excluded.max_value,
                avg_value = excluded.avg_value, sum_value = excluded.sum_value, count_value = excluded.count_value,
                p50_value = excluded.p50_value, p90_value = excluded.p90_value, p95_value = excluded.p95_value,
                p99_value = excluded.p99_value, success_count = excluded.success_count,
                error_count = excluded.error_count, hit_count = excluded.hit_count, miss_count = excluded.miss_count,
                error_ratio = excluded.error_ratio, hit_ratio = excluded.hit_ratio, sketch = excluded.sketch,
                final = excluded.final, revision = excluded.revision, updated_at = excluded.updated_at
            WHERE excluded.revision > t.revision
            """;

    private final InstantSource clock;

    AggregateTable(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Class<WindowAggregate> recordType() {
        return WindowAggregate.class;
    }

    @Override
    public List<HourlyRow> rows(WindowAggregate value, ConsumerRecord<byte[], byte[]> source) {
        Duration size = Duration.between(value.getWindowStart(), value.getWindowEnd());
        return size.equals(HOUR) ? List.of(HourlyRow.of(value, source)) : List.of();
    }

    @Override
    public List<HourlyRow> arrange(List<HourlyRow> rows) {
        return RowTable.onePerKey(rows, HourlyRow::key, AggregateTable::newer, HourlyRow.WRITE_ORDER);
    }

    @Override
    public long write(Handle handle, List<HourlyRow> rows) {
        try (Update update = handle.createUpdate(UPSERT)) {
            update.bind("now", clock.instant().atOffset(ZoneOffset.UTC));
            Columns columns = new Columns(update, rows);
            columns.bind("metric", "text", HourlyRow::metric);
            columns.bind(
                    "start_ms", "int8", row -> row.aggregate().getWindowStart().toEpochMilli());
            columns.bind("dimensions", "text", HourlyRow::dimensions);
            columns.bind("kind", "text", row -> row.aggregate().getKind().name());
            columns.bind("unit", "text", HourlyRow::unit);
            columns.bind("min", "float8", HourlyRow::min);
            columns.bind("max", "float8", HourlyRow::max);
            columns.bind("avg", "float8", HourlyRow::average);
            columns.bind("p50", "float8", row -> row.quantile(0.5));
            columns.bind("p90", "float8", row -> row.quantile(0.9));
            columns.bind("p95", "float8", row -> row.quantile(0.95));
            columns.bind("p99", "float8", row -> row.quantile(0.99));
            columns.bindField("sum", "float8", WindowAggregate::getSum);
            columns.bindField("count", "int8", WindowAggregate::getCount);
            columns.bindField("success", "int8", WindowAggregate::getSuccessCount);
            columns.bindField("error", "int8", WindowAggregate::getErrorCount);
            columns.bindField("hit", "int8", WindowAggregate::getHitCount);
            columns.bindField("miss", "int8", WindowAggregate::getMissCount);
            columns.bindField("error_ratio", "float8", WindowAggregate::getErrorRatio);
            columns.bindField("hit_ratio", "float8", WindowAggregate::getHitRatio);
            columns.bindField("final", "bool", WindowAggregate::getFinal$);
            columns.bindField("revision", "int8", WindowAggregate::getRevision);
            columns.bindArray(
                    "sketch", "bytea", rows.stream().map(HourlyRow::sketch).toArray(byte[][]::new));
            return update.execute();
        }
    }

    private static HourlyRow newer(HourlyRow first, HourlyRow second) {
        return second.aggregate().getRevision() > first.aggregate().getRevision() ? second : first;
    }

    private record Columns(Update update, List<HourlyRow> rows) {
        void bind(String name, String type, Function<HourlyRow, @Nullable Object> value) {
            Object[] values = new Object[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(rows.get(i));
            }
            bindArray(name, type, values);
        }

        void bindField(String name, String type, Function<WindowAggregate, @Nullable Object> field) {
            bind(name, type, row -> field.apply(row.aggregate()));
        }

        void bindArray(String name, String type, @Nullable Object[] values) {
            update.bind(name, (Argument) (position, statement, context) ->
                    statement.setArray(position, statement.getConnection().createArrayOf(type, values)));
        }
    }
}
