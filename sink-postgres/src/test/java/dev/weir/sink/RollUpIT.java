package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.sink.Weeks.Sample;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Days and weeks against what their raw values say: HdrHistogram, BigDecimal and percentile_disc. */
@ExtendWith(Servers.Extension.class)
final class RollUpIT {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int HOURS_A_WEEK = 168;

    private final long seed = Long.getLong("weir.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void weekEqualsAllOfItsRawValues(Servers servers) {
        Weeks weeks = new Weeks(servers, "oracle_seconds", MetricKind.OBSERVATION, Calendar.UTC, Aggregates.CLOCK);
        List<Sample> raw = raw(MONDAY, HOURS_A_WEEK, 12);
        storeShuffled(weeks, raw);

        Histogram oracle = new Histogram(1, Weeks.RANGE.highestTicks(), Weeks.RANGE.digits());
        BigDecimal sum = BigDecimal.ZERO;
        for (Sample sample : raw) {
            oracle.recordValue(Weeks.RANGE.ticks(sample.value()));
            sum = sum.add(new BigDecimal(sample.value()));
        }
        assertThat(weeks.get(Period.WEEKLY, null, "count_value")).isEqualTo(Integer.toString(raw.size()));
        assertThat(new BigDecimal(weeks.get(Period.WEEKLY, null, "exact_sum")))
                .as("seed %s", seed)
                .isEqualByComparingTo(sum);
        assertThat(number(weeks, "sum_value")).isEqualTo(sum.doubleValue());
        for (int percent : new int[] {50, 90, 95, 99}) {
            assertThat(number(weeks, "p" + percent + "_value"))
                    .as("p%s, seed %s", percent, seed)
                    .isEqualTo(oracle.getValueAtPercentile(percent) / Weeks.RANGE.ticksPerUnit());
        }
        assertThat(number(weeks, "p95_value")).isCloseTo(percentileDisc(weeks, raw), withinBucket());
        assertThat(number(weeks, "min_value"))
                .isEqualTo(raw.stream().mapToDouble(Sample::value).min().orElseThrow());
        long errors =
                raw.stream().filter(sample -> sample.outcome() == Outcome.ERROR).count();
        assertThat(number(weeks, "error_ratio")).isEqualTo((double) errors / raw.size());
        assertThat(weeks.get(Period.WEEKLY, null, "revision")).isEqualTo(Integer.toString(HOURS_A_WEEK - 1));
        assertThat(weeks.get(Period.WEEKLY, null, "final")).isEqualTo("true");
    }

    @ParameterizedTest
    @EnumSource
    void anyOrderAndBatchesGiveTheSameRows(MetricKind kind, Servers servers) {
        List<Sample> raw = raw(MONDAY, 60, 3);
        Weeks shuffled = new Weeks(servers, "shuffled_" + kind, kind, Calendar.UTC, Aggregates.CLOCK);
        storeShuffled(shuffled, raw);
        Weeks ordered = new Weeks(servers, "ordered_" + kind, kind, Calendar.UTC, Aggregates.CLOCK);
        hours(ordered, raw).forEach(ordered::store);
        assertThat(shuffled.wholes().replace("shuffled_", "ordered_"))
                .as("seed %s", seed)
                .isEqualTo(ordered.wholes());
        assertThat(ordered.wholes().lines()).hasSize(4);
    }

    @Test
    void increaseOfARunningTotalIncludesThatBetweenHours(Servers servers) {
        Weeks weeks = new Weeks(servers, "running_total", MetricKind.CUMULATIVE, Calendar.UTC, Aggregates.CLOCK);
        List<Sample> raw = new ArrayList<>();
        double total = 7.1;
        for (int i = 0; i < 48 * 4; i++) {
            total = random.nextInt(40) == 0 ? 0.1 : total + random.nextDouble();
            raw.add(new Sample(MONDAY.plus(Duration.ofMinutes(15L * i)), total, null));
        }
        storeShuffled(weeks, raw);
        assertThat(new BigDecimal(weeks.get(Period.WEEKLY, null, "exact_sum")))
                .as("seed %s", seed)
                .isEqualByComparingTo(increaseOf(raw));
        assertThat(weeks.get(Period.WEEKLY, null, "avg_value")).isNull();
        assertThat(number(weeks, "last_value"))
                .isEqualTo(raw.get(raw.size() - 1).value());
        assertThat(number(weeks, "first_value")).isEqualTo(raw.get(0).value());
    }

    @Test
    void gaugesThatAreNoNumbersAddUpAsTheirExtremesSay(Servers servers) {
        Weeks weeks = new Weeks(servers, "gauge_level", MetricKind.GAUGE, Calendar.UTC, Aggregates.CLOCK);
        double tenth = 0.1;
        weeks.store(weeks.hour(MONDAY, 0, List.of(new Sample(MONDAY, Double.POSITIVE_INFINITY, null))));
        weeks.store(weeks.hour(MONDAY.plus(HOUR), 0, List.of(new Sample(MONDAY.plus(HOUR), tenth, null))));
        assertThat(weeks.get(Period.DAILY, null, "sum_value")).isEqualTo("Infinity");
        assertThat(weeks.get(Period.DAILY, null, "last_value")).isEqualTo("0.1");
        assertThat(new BigDecimal(weeks.get(Period.DAILY, null, "exact_sum"))).isEqualTo(new BigDecimal(tenth));
    }

    @Test
    void correctedHourCorrectsItsDayAndWeekAndRaisesTheirRevision(Servers servers) {
        Weeks weeks = new Weeks(servers, "corrected_seconds", MetricKind.OBSERVATION, Calendar.UTC, Aggregates.CLOCK);
        List<Sample> raw = raw(MONDAY, 30, 4);
        storeShuffled(weeks, raw);
        raw.add(new Sample(MONDAY.plusSeconds(7_300), 2.5, Outcome.ERROR));
        WindowAggregate corrected = weeks.hour(MONDAY.plus(HOUR.multipliedBy(2)), 3, of(raw, 2));
        assertThat(weeks.store(corrected)).isEqualTo(1);
        assertThat(weeks.store(corrected)).isZero();
        assertThat(weeks.get(Period.DAILY, MONDAY, "count_value")).isEqualTo("97");
        assertThat(weeks.get(Period.DAILY, MONDAY, "revision")).isEqualTo("26");
        assertThat(weeks.get(Period.WEEKLY, null, "count_value")).isEqualTo("121");
        assertThat(weeks.get(Period.WEEKLY, null, "revision")).isEqualTo("32");

        Weeks direct = new Weeks(servers, "direct_seconds", MetricKind.OBSERVATION, Calendar.UTC, Aggregates.CLOCK);
        hours(direct, raw).forEach(direct::store);
        assertThat(number(weeks, "sum_value")).isEqualTo(number(direct, "sum_value"));
        assertThat(weeks.get(Period.WEEKLY, null, "sketch")).isEqualTo(direct.get(Period.WEEKLY, null, "sketch"));
    }

    @Test
    void daysAndWeeksOfAZoneHaveTheirHoursWhenTheClockChanges(Servers servers) {
        Calendar berlin = Calendar.of("Europe/Berlin");
        Weeks weeks = new Weeks(servers, "berlin_total", MetricKind.COUNT, berlin, Aggregates.CLOCK);
        Instant monday = Instant.parse("2026-03-22T23:00:00Z");
        storeShuffled(weeks, raw(monday, 170, 1));
        assertThat(weeks.get(Period.DAILY, Instant.parse("2026-03-28T23:00:00Z"), "count_value"))
                .isEqualTo("23");
        assertThat(weeks.get(Period.DAILY, Instant.parse("2026-03-27T23:00:00Z"), "count_value"))
                .isEqualTo("24");
        assertThat(weeks.get(Period.WEEKLY, monday, "count_value")).isEqualTo("167");
        assertThat(weeks.get(Period.WEEKLY, Instant.parse("2026-03-29T22:00:00Z"), "count_value"))
                .isEqualTo("3");

        Weeks autumn =
                new Weeks(servers, "berlin_autumn_total", MetricKind.COUNT, berlin, clock("2026-11-01T00:00:00Z"));
        storeShuffled(autumn, raw(Instant.parse("2026-10-24T22:00:00Z"), 26, 1));
        assertThat(autumn.get(Period.DAILY, Instant.parse("2026-10-24T22:00:00Z"), "count_value"))
                .isEqualTo("25");
    }

    @Test
    void openHourIsARowAndInNoDay(Servers servers) {
        Weeks weeks = new Weeks(servers, "open_seconds", MetricKind.OBSERVATION, Calendar.UTC, Aggregates.CLOCK);
        List<Sample> samples = of(raw(MONDAY, 1, 5), 0);
        for (long revision : new long[] {-40, -1}) {
            weeks.store(
                    weeks.builder(MONDAY, revision, samples).setFinal$(false).build());
            assertThat(weeks.get(Period.HOURLY, null, "revision || ' ' || final"))
                    .isEqualTo(revision + " false");
            assertThat(weeks.wholes()).isEmpty();
        }
        weeks.store(weeks.hour(MONDAY, 0, samples));
        assertThat(weeks.get(Period.HOURLY, null, "revision || ' ' || final")).isEqualTo("0 true");
        assertThat(weeks.get(Period.WEEKLY, null, "count_value")).isEqualTo("5");
        assertThat(weeks.store(
                        weeks.builder(MONDAY, -1, samples).setFinal$(false).build()))
                .isZero();
    }

    @Test
    void dayIsFinalOnceItIsOver(Servers servers) {
        Instant tuesday = MONDAY.plus(Duration.ofDays(1));
        List<Sample> raw = raw(MONDAY, 2, 1);
        Weeks before = new Weeks(
                servers, "early_total", MetricKind.COUNT, Calendar.UTC, InstantSource.fixed(tuesday.minusMillis(1)));
        before.store(before.hour(MONDAY, 0, of(raw, 0)));
        assertThat(before.get(Period.DAILY, null, "final")).isEqualTo("false");
        Weeks at = new Weeks(servers, "early_total", MetricKind.COUNT, Calendar.UTC, InstantSource.fixed(tuesday));
        at.store(at.hour(MONDAY.plus(HOUR), 0, of(raw, 1)));
        assertThat(at.get(Period.DAILY, null, "final")).isEqualTo("true");
        assertThat(at.get(Period.WEEKLY, null, "final")).isEqualTo("false");
    }

    @Test
    void transactionRolledBackChangesNothing(Servers servers) {
        Weeks weeks = new Weeks(servers, "rolled_back_total", MetricKind.COUNT, Calendar.UTC, Aggregates.CLOCK);
        List<Sample> raw = raw(MONDAY, 3, 1);
        weeks.store(weeks.hour(MONDAY, 0, of(raw, 0)));
        String before = weeks.wholes();
        List<HourlyRow> rows = weeks.prepared(List.of(weeks.hour(MONDAY.plus(HOUR), 0, of(raw, 1))));
        weeks.jdbi.useHandle(handle -> {
            handle.begin();
            assertThat(weeks.write(handle, rows)).isEqualTo(1);
            handle.rollback();
        });
        assertThat(weeks.wholes()).isEqualTo(before);
        assertThat(weeks.jdbi.<Long, RuntimeException>inTransaction(handle -> weeks.write(handle, rows)))
                .isEqualTo(1);
        assertThat(weeks.get(Period.WEEKLY, null, "count_value")).isEqualTo("2");
    }

    @Test
    void rowsThatAnotherWriterAddsMeanwhileAreNoticedAndTriedAgain(Servers servers) throws Exception {
        Weeks weeks = new Weeks(servers, "raced_total", MetricKind.COUNT, Calendar.UTC, Aggregates.CLOCK);
        List<Sample> raw = raw(MONDAY, 2, 1);
        List<HourlyRow> first = weeks.prepared(List.of(weeks.hour(MONDAY, 0, of(raw, 0))));
        List<HourlyRow> second = weeks.prepared(List.of(weeks.hour(MONDAY.plus(HOUR), 0, of(raw, 1))));
        try (var mine = weeks.jdbi.open();
                var other = weeks.jdbi.open()) {
            mine.begin();
            weeks.write(mine, first);
            Thread committing = new Thread(() -> {
                awaitBlockedInsert(weeks);
                mine.commit();
            });
            committing.start();
            other.begin();
            assertThatThrownBy(() -> weeks.write(other, second))
                    .satisfies(e -> assertThat(SqlFailure.of(e)).isEqualTo(SqlFailure.RETRY))
                    .rootCause()
                    .hasMessageContaining("1 of 1 rows from RowKey[period=DAILY, metric=raced_total");
            other.rollback();
            committing.join();
            other.begin();
            weeks.write(other, second);
            other.commit();
        }
        assertThat(weeks.get(Period.DAILY, null, "count_value")).isEqualTo("2");
    }

    @Test
    void dayWithoutARowIsMadeFromTheHoursThatAreThere(Servers servers) {
        Weeks weeks = new Weeks(servers, "older_total", MetricKind.COUNT, Calendar.UTC, Aggregates.CLOCK);
        List<Sample> raw = raw(MONDAY, 2, 1);
        weeks.store(weeks.hour(MONDAY, 0, of(raw, 0)));
        // As a sink of version 1 left it.
        weeks.jdbi.useHandle(handle -> {
            handle.execute(
                    "DELETE FROM monitoring.aggregated_metrics WHERE metric_name = 'older_total' AND period <> 'hourly'");
            handle.execute("UPDATE monitoring.aggregated_metrics SET exact_sum = NULL, covered_until = NULL"
                    + " WHERE metric_name = 'older_total'");
        });
        Instant tuesday = MONDAY.plus(Duration.ofDays(1));
        weeks.store(weeks.hour(tuesday, 0, List.of(new Sample(tuesday, 1, null))));
        weeks.store(weeks.hour(MONDAY.plus(HOUR), 0, of(raw, 1)));
        assertThat(weeks.get(Period.DAILY, MONDAY, "count_value || ' ' || revision"))
                .isEqualTo("2 1");
        assertThat(weeks.get(Period.WEEKLY, null, "count_value || ' ' || revision"))
                .isEqualTo("3 2");
        BigDecimal sum =
                raw.stream().map(sample -> new BigDecimal(sample.value())).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(new BigDecimal(weeks.get(Period.DAILY, MONDAY, "exact_sum"))).isEqualByComparingTo(sum);
    }

    @Test
    void hourWhoseDayWouldOverflowIsRefused(Servers servers) {
        Weeks weeks = new Weeks(servers, "overflow_total", MetricKind.COUNT, Calendar.UTC, Aggregates.CLOCK);
        List<Sample> one = of(raw(MONDAY, 1, 1), 0);
        weeks.store(weeks.builder(MONDAY, 0, one).setCount(Long.MAX_VALUE).build());
        WindowAggregate next = weeks.hour(MONDAY.plus(HOUR), 0, one);
        assertThatThrownBy(() -> weeks.store(next))
                .isInstanceOf(UnstorableException.class)
                .hasMessageContaining("metric=overflow_total")
                .hasMessageEndingWith("exceed 2^63 - 1: long overflow");
    }

    /** So many values an hour, at random times of it, rising; with an outcome each. */
    private List<Sample> raw(Instant start, int hours, int perHour) {
        List<Sample> raw = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            Instant from = start.plus(HOUR.multipliedBy(hour));
            random.longs(perHour, 0, 3_600_000)
                    .distinct()
                    .sorted()
                    .forEach(ms -> raw.add(new Sample(
                            from.plusMillis(ms),
                            Math.exp(random.nextGaussian()),
                            random.nextInt(5) == 0 ? Outcome.ERROR : Outcome.SUCCESS)));
        }
        return raw;
    }

    private static List<Sample> of(List<Sample> raw, int hour) {
        Instant first = MONDAY.plus(HOUR.multipliedBy(hour));
        return raw.stream()
                .filter(sample ->
                        !sample.time().isBefore(first) && sample.time().isBefore(first.plus(HOUR)))
                .toList();
    }

    private static List<WindowAggregate> hours(Weeks weeks, List<Sample> raw) {
        Map<Instant, List<Sample>> byHour = new TreeMap<>();
        raw.forEach(
                sample -> byHour.computeIfAbsent(sample.time().truncatedTo(ChronoUnit.HOURS), hour -> new ArrayList<>())
                        .add(sample));
        List<WindowAggregate> hours = new ArrayList<>();
        byHour.forEach((start, samples) -> hours.add(weeks.hour(start, 0, samples)));
        return hours;
    }

    /** Every hour twice, in any order, some together in one transaction. */
    private void storeShuffled(Weeks weeks, List<Sample> raw) {
        List<WindowAggregate> hours = hours(weeks, raw);
        hours.addAll(List.copyOf(hours));
        Collections.shuffle(hours, random);
        while (!hours.isEmpty()) {
            List<WindowAggregate> batch = hours.subList(0, Math.min(hours.size(), 1 + random.nextInt(30)));
            weeks.store(batch);
            batch.clear();
        }
    }

    private static BigDecimal increaseOf(List<Sample> raw) {
        BigDecimal increase = BigDecimal.ZERO;
        for (int i = 1; i < raw.size(); i++) {
            BigDecimal value = new BigDecimal(raw.get(i).value());
            BigDecimal before = new BigDecimal(raw.get(i - 1).value());
            increase = increase.add(value.compareTo(before) >= 0 ? value.subtract(before) : value);
        }
        return increase;
    }

    private static double percentileDisc(Weeks weeks, List<Sample> raw) {
        return weeks.jdbi.inTransaction(handle -> {
            handle.execute("CREATE TEMP TABLE raw_values (value float8) ON COMMIT DROP");
            try (PreparedBatch batch = handle.prepareBatch("INSERT INTO raw_values VALUES (?)")) {
                raw.forEach(sample -> batch.bind(0, sample.value()).add());
                batch.execute();
            }
            return handle.createQuery("SELECT percentile_disc(0.95) WITHIN GROUP (ORDER BY value) FROM raw_values")
                    .mapTo(Double.class)
                    .one();
        });
    }

    private static Percentage withinBucket() {
        return Percentage.withPercentage(0.79);
    }

    private static double number(Weeks weeks, String column) {
        return Double.parseDouble(weeks.get(Period.WEEKLY, null, column));
    }

    private static InstantSource clock(String time) {
        return InstantSource.fixed(Instant.parse(time));
    }

    private static void awaitBlockedInsert(Weeks weeks) {
        await().atMost(Scene.LIMIT)
                .until(() -> weeks.jdbi.withHandle(handle -> handle.createQuery(
                                        "SELECT count(*) FROM pg_stat_activity"
                                                + " WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO monitoring.aggregated%'")
                                .mapTo(Integer.class)
                                .one())
                        > 0);
    }
}
