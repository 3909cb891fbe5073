package dev.weir.sink;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Hours of one series, made of raw values by the engine's code and stored as the sink does, without Kafka. */
final class Weeks {
    static final SketchRange RANGE = SketchRange.of("any_seconds", null);

    final Jdbi jdbi;
    final String metric;
    final MetricKind kind;
    private final AggregateTable table;

    Weeks(Servers servers, String metric, MetricKind kind, Calendar calendar, InstantSource clock) {
        jdbi = Jdbi.create(servers.jdbcUrl());
        this.metric = metric;
        this.kind = kind;
        table = new AggregateTable(new Partitions(Aggregates.YEARS, clock), calendar, clock);
    }

    /** A raw value. */
    record Sample(Instant time, double value, @Nullable Outcome outcome) {}

    WindowAggregate hour(Instant start, long revision, List<Sample> samples) {
        return builder(start, revision, samples).build();
    }

    WindowAggregate.Builder builder(Instant start, long revision, List<Sample> samples) {
        Aggregate aggregate = new Aggregate(kind, RANGE);
        samples.forEach(sample -> aggregate.record(sample.time().toEpochMilli(), sample.value(), sample.outcome()));
        return window(metric, start, aggregate).setRevision(revision);
    }

    /** The final hour of a series without labels. */
    static WindowAggregate.Builder window(String metric, Instant start, Aggregate aggregate) {
        Sketch sketch = aggregate.sketch();
        byte[] exactSum = aggregate.exactSum();
        return WindowAggregate.newBuilder()
                .setMetric(metric)
                .setService("shop")
                .setLabels(Map.of())
                .setKind(aggregate.kind())
                .setWindowStart(start)
                .setWindowEnd(start.plus(Duration.ofHours(1)))
                .setCount(aggregate.count())
                .setSum(aggregate.sum())
                .setMin(aggregate.min())
                .setMax(aggregate.max())
                .setFirst(
                        aggregate.first().isPresent()
                                ? (Double) aggregate.first().getAsDouble()
                                : null)
                .setLast(
                        aggregate.last().isPresent() ? (Double) aggregate.last().getAsDouble() : null)
                .setRate(0)
                .setSuccessCount((long) aggregate.outcome(Outcome.SUCCESS))
                .setErrorCount((long) aggregate.outcome(Outcome.ERROR))
                .setQuantiles(sketch == null ? List.of() : quantiles(sketch))
                .setSketch(sketch == null ? null : ByteBuffer.wrap(sketch.encode()))
                .setExactSum(exactSum == null ? null : ByteBuffer.wrap(exactSum))
                .setFinal$(true)
                .setRevision(0);
    }

    /** Writes in one transaction. */
    long store(WindowAggregate... hours) {
        return store(Arrays.asList(hours));
    }

    long store(List<WindowAggregate> hours) {
        List<HourlyRow> rows = prepared(hours);
        return jdbi.inTransaction(handle -> table.write(handle, rows));
    }

    /** Makes the rows and their partitions. */
    List<HourlyRow> prepared(List<WindowAggregate> hours) {
        List<HourlyRow> rows = new ArrayList<>();
        hours.forEach(hour ->
                rows.addAll(table.rows(hour, new ConsumerRecord<>("aggregates", 0, 0, new byte[0], new byte[0]))));
        List<HourlyRow> arranged = table.arrange(rows);
        jdbi.useHandle(handle -> table.prepare(handle, arranged));
        return arranged;
    }

    long write(Handle handle, List<HourlyRow> rows) {
        return table.write(handle, rows);
    }

    /** One value of the row of a period, as text; the only one, if no start is given. */
    @Nullable
    String get(Period period, @Nullable Instant start, String expression) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT (" + expression + ")::text"
                        + " FROM monitoring.aggregated_metrics WHERE metric_name = :metric AND period = :period"
                        + (start == null ? "" : " AND period_start = :start"))
                .bind("metric", metric)
                .bind("period", period.text())
                .bind("start", start)
                .mapTo(String.class)
                .one());
    }

    /** All rows of days and weeks but for their ids and times of writing. */
    String wholes() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT coalesce(string_agg((to_jsonb(t) - 'id' -"
                        + " 'created_at' - 'updated_at')::text, E'\\n' ORDER BY period, period_start), '')"
                        + " FROM monitoring.aggregated_metrics t WHERE metric_name = :metric AND period <> 'hourly'")
                .bind("metric", metric)
                .mapTo(String.class)
                .one());
    }

    private static List<QuantileValue> quantiles(Sketch sketch) {
        return DoubleStream.of(0.5, 0.9, 0.95, 0.99)
                .mapToObj(sketch::quantile)
                .map(q -> new QuantileValue(q.q(), q.value(), q.low(), q.high()))
                .toList();
    }
}
