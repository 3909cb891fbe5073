package dev.weir.sink.fault;

import dev.weir.events.MetricKind;
import dev.weir.sink.fault.Hour.Series;
import dev.weir.sketch.SketchRange;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jdbi.v3.core.Jdbi;

/** Compares every row of the store with what the values that were sent add up to: BigDecimal and HdrHistogram. */
final class StoreCheck {
    private static final int MAX_TOLD = 20;

    private final Map<Key, Expected> expected = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private long rows;
    private long missing;
    private long duplicate;
    private long wrong;

    private record Key(String metric, String series, String period, Instant start) {}

    private static final class Expected {
        final Series series;
        final List<Hour> hours = new ArrayList<>();

        Expected(Series series) {
            this.series = series;
        }
    }

    /**
     * What was found.
     *
     * @param rows of all tables
     * @param told some of the faults
     */
    record Result(long rows, long missing, long duplicate, long wrong, List<String> told) {}

    static Result of(Jdbi database, Input input) {
        StoreCheck check = new StoreCheck();
        check.expect(input.hours());
        check.aggregates(database);
        check.raw(database, input.rawIds());
        return new Result(check.rows, check.missing, check.duplicate, check.wrong, List.copyOf(check.told));
    }

    private void expect(Collection<Hour> hours) {
        for (Hour hour : hours) {
            expect(hour, "hourly", hour.start);
            if (hour.isFinal) {
                expect(hour, "daily", hour.start.truncatedTo(ChronoUnit.DAYS));
                expect(
                        hour,
                        "weekly",
                        hour.start
                                .atOffset(ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.DAYS)
                                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                                .toInstant());
            }
        }
    }

    private void expect(Hour hour, String period, Instant start) {
        Key key = new Key(hour.series.metric(), Integer.toString(hour.series.number()), period, start);
        expected.computeIfAbsent(key, absent -> new Expected(hour.series)).hours.add(hour);
    }

    private void aggregates(Jdbi database) {
        database.useHandle(handle -> handle.createQuery(
                        "SELECT *, dimensions ->> 'series' AS series FROM monitoring.aggregated_metrics")
                .map((row, context) -> {
                    compare(row);
                    return true;
                })
                .list());
        expected.keySet().forEach(key -> tell("missing: " + key));
        missing += expected.size();
    }

    private void compare(ResultSet row) throws SQLException {
        rows++;
        Key key = new Key(
                row.getString("metric_name"),
                row.getString("series"),
                row.getString("period"),
                row.getObject("period_start", OffsetDateTime.class).toInstant());
        Expected truth = expected.remove(key);
        if (truth == null) {
            duplicate++;
            tell("not expected, or twice: " + key);
            return;
        }
        String difference = difference(row, truth, key.period());
        if (!difference.isEmpty()) {
            wrong++;
            tell(key + ": " + difference);
        }
    }

    private static String difference(ResultSet row, Expected truth, String period) throws SQLException {
        List<Double> values = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        long revision = period.equals("hourly") ? 0 : -1;
        boolean isFinal = true;
        truth.hours.sort((a, b) -> a.start.compareTo(b.start));
        for (Hour hour : truth.hours) {
            values.addAll(hour.values());
            revision += period.equals("hourly") ? hour.revision : hour.revision + 1;
            isFinal &= hour.isFinal;
        }
        for (double value : values) {
            sum = sum.add(new BigDecimal(value));
        }
        StringBuilder differences = new StringBuilder();
        differ(differences, "revision", row.getLong("revision"), revision);
        differ(differences, "final", row.getBoolean("final"), isFinal);
        differ(differences, "count", row.getLong("count_value"), (long) values.size());
        differ(differences, "sum", row.getDouble("sum_value"), sum.doubleValue());
        differ(differences, "exact_sum", row.getBigDecimal("exact_sum").stripTrailingZeros(), sum.stripTrailingZeros());
        differ(differences, "min", row.getDouble("min_value"), Collections.min(values));
        differ(differences, "max", row.getDouble("max_value"), Collections.max(values));
        if (truth.series.kind() == MetricKind.GAUGE) {
            differ(differences, "last", row.getDouble("last_value"), values.get(values.size() - 1));
        }
        if (truth.series.kind() == MetricKind.OBSERVATION) {
            Histogram histogram = histogram(truth.series.range(), values);
            differ(
                    differences,
                    "sketch",
                    buckets(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(row.getBytes("sketch")), 0)),
                    buckets(histogram));
            differ(
                    differences,
                    "p95",
                    row.getDouble("p95_value"),
                    histogram.getValueAtPercentile(95) / truth.series.range().ticksPerUnit());
        }
        return differences.toString();
    }

    private static Histogram histogram(SketchRange range, List<Double> values) {
        Histogram histogram = new Histogram(1, range.highestTicks(), range.digits());
        values.forEach(value -> histogram.recordValue(range.ticks(value)));
        return histogram;
    }

    private static Map<Long, Long> buckets(Histogram histogram) {
        Map<Long, Long> counts = new TreeMap<>();
        histogram
                .recordedValues()
                .forEach(bucket -> counts.put(bucket.getValueIteratedTo(), bucket.getCountAtValueIteratedTo()));
        return counts;
    }

    private static void differ(StringBuilder differences, String what, Object found, Object wanted) {
        if (!found.equals(wanted)) {
            differences
                    .append(what)
                    .append(" is ")
                    .append(found)
                    .append(", must be ")
                    .append(wanted)
                    .append("; ");
        }
    }

    private void raw(Jdbi database, Collection<String> ids) {
        Map<String, Long> counts = database.withHandle(handle -> handle.createQuery(
                        "SELECT tags ->> 'id' AS id, count(*) AS n FROM monitoring.pipeline_metrics GROUP BY 1")
                .reduceRows(new HashMap<>(), (map, row) -> {
                    map.put(row.getColumn("id", String.class), row.getColumn("n", Long.class));
                    return map;
                }));
        for (String id : ids) {
            Long count = counts.remove(id);
            if (count == null) {
                missing++;
                tell("missing: raw " + id);
            } else {
                rows += count;
                duplicate += count - 1;
                if (count > 1) {
                    tell("raw " + id + " is there " + count + " times");
                }
            }
        }
        duplicate += counts.size();
    }

    private void tell(String fault) {
        if (told.size() < MAX_TOLD) {
            told.add(fault);
        }
    }
}
