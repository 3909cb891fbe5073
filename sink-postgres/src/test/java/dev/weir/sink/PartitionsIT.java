package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partitions made and dropped. Each test has years of its own, as all share the tables. */
@ExtendWith(Servers.Extension.class)
final class PartitionsIT {
    @Test
    void partitionsAreMadeAheadOfTime(Servers servers) {
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl());
        Partitions partitions = partitions("2012-11-25T10:00:00Z", 14);
        jdbi.useHandle(partitions::makeAhead);
        assertThat(names(jdbi, "aggregated_metrics_hourly_2012"))
                .hasSize(8)
                .contains("aggregated_metrics_hourly_20121125", "aggregated_metrics_hourly_20121202");
        assertThat(names(jdbi, "aggregated_metrics_daily_201"))
                .contains(
                        "aggregated_metrics_daily_20121101",
                        "aggregated_metrics_daily_20121201",
                        "aggregated_metrics_daily_20130101");
        assertThat(names(jdbi, "aggregated_metrics_weekly_201"))
                .contains("aggregated_metrics_weekly_20120101", "aggregated_metrics_weekly_20130101");
        assertThat(names(jdbi, "pipeline_metrics_2012")).hasSize(8);
        assertThat(names(jdbi, "monitoring_events_2012"))
                .containsExactly("monitoring_events_20121119", "monitoring_events_20121126");
        assertThat(jdbi.<Integer, JdbiException>withHandle(partitions::makeAhead))
                .isZero();
    }

    @Test
    void expiredPartitionsAreDroppedAndOthersStay(Servers servers) {
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl());
        jdbi.useHandle(handle -> {
            Partitions made = partitions("2005-06-30T00:00:00Z", 14);
            for (int day = 0; day < 20; day++) {
                made.ensure(
                        handle,
                        TimedRows.RAW,
                        Instant.parse("2005-06-01T00:00:00Z").plus(Duration.ofDays(day)));
            }
            handle.execute(
                    "INSERT INTO monitoring.pipeline_metrics (metric_name, metric_value, timestamp)"
                            + " SELECT 'kept', 1, day FROM generate_series('2005-06-01Z'::timestamptz, '2005-06-20Z', '1 day') day");
        });
        drop(jdbi, "2005-06-24T23:59:59.999Z");
        assertThat(firstRaw(jdbi)).isEqualTo("2005-06-10");
        drop(jdbi, "2005-06-25T00:00:00Z");
        assertThat(firstRaw(jdbi)).isEqualTo("2005-06-11");
        drop(jdbi, "2005-06-25T00:00:00.001Z");
        assertThat(firstRaw(jdbi)).isEqualTo("2005-06-11");
    }

    @Test
    void rowInsideRetentionFindsItsPartitionAlsoWhenItWasDropped(Servers servers) {
        Weeks weeks = new Weeks(servers, "dropped_total", MetricKind.COUNT, Calendar.UTC, Aggregates.CLOCK);
        Instant hour = Instant.parse("2025-02-03T04:00:00Z");
        List<HourlyRow> rows = weeks.prepared(List.of(weeks.hour(hour, 0, List.of(new Weeks.Sample(hour, 1, null)))));
        weeks.jdbi.useHandle(
                handle -> handle.execute("DROP TABLE monitoring_parts.aggregated_metrics_hourly_20250203"));
        assertThatThrownBy(() -> weeks.jdbi.useTransaction(handle -> weeks.write(handle, rows)))
                .satisfies(e -> assertThat(SqlFailure.of(e)).isEqualTo(SqlFailure.RETRY));
        assertThat(weeks.store(weeks.hour(hour, 0, List.of(new Weeks.Sample(hour, 1, null)))))
                .isEqualTo(1);
    }

    @Test
    void severalSinksMakeThePartitionsOnce(Servers servers) throws Exception {
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl());
        CyclicBarrier together = new CyclicBarrier(4);
        ExecutorService sinks = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> made = IntStream.range(0, 4)
                    .mapToObj(sink -> sinks.submit(() -> {
                        together.await();
                        return jdbi.withHandle(partitions("2014-05-05T10:00:00Z", 14)::makeAhead);
                    }))
                    .toList();
            int sum = 0;
            for (Future<Integer> each : made) {
                sum += each.get();
            }
            // Hours and raw: 8 days each; days: May to July; weeks: 2014 and 2015; events: 2 weeks.
            assertThat(sum).isEqualTo(8 + 8 + 3 + 2 + 2);
        } finally {
            sinks.shutdownNow();
        }
    }

    @Test
    void partitionInUseStaysUntilTheNextCall(Servers servers) {
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl());
        jdbi.useHandle(handle -> partitions("2003-01-05T00:00:00Z", 14)
                .ensure(handle, TimedRows.EVENTS, Instant.parse("2003-01-01T00:00:00Z")));
        try (Handle reader = jdbi.open()) {
            reader.begin();
            reader.createQuery("SELECT count(*) FROM public.monitoring_events")
                    .mapTo(Long.class)
                    .one();
            drop(jdbi, "2004-01-01T00:00:00Z");
            assertThat(names(jdbi, "monitoring_events_2002")).containsExactly("monitoring_events_20021230");
            reader.rollback();
        }
        drop(jdbi, "2004-01-01T00:00:00Z");
        assertThat(names(jdbi, "monitoring_events_2002")).isEmpty();
    }

    @Test
    void madeWhileOthersReadAndWrite(Servers servers) {
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl());
        try (Handle other = jdbi.open()) {
            other.begin();
            other.execute("LOCK TABLE monitoring.pipeline_metrics IN ROW EXCLUSIVE MODE");
            jdbi.useHandle(handle -> partitions("2002-01-05T00:00:00Z", 14)
                    .ensure(handle, TimedRows.RAW, Instant.parse("2002-01-01T00:00:00Z")));
            other.rollback();
        }
        assertThat(names(jdbi, "pipeline_metrics_2002")).hasSize(1);
    }

    @Test
    void detachedTableOfTheNameIsAnErrorThatSaysWhatToDo(Servers servers) {
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl());
        Instant day = Instant.parse("2001-01-01T00:00:00Z");
        jdbi.useHandle(handle -> {
            partitions("2001-01-05T00:00:00Z", 14).ensure(handle, TimedRows.RAW, day);
            handle.execute("ALTER TABLE monitoring.pipeline_metrics"
                    + " DETACH PARTITION monitoring_parts.pipeline_metrics_20010101");
            assertThatThrownBy(() -> partitions("2001-01-05T00:00:00Z", 14).ensure(handle, TimedRows.RAW, day))
                    .hasMessageContaining("table monitoring_parts.pipeline_metrics_20010101 is not attached,"
                            + " must be a partition of monitoring.pipeline_metrics: attach or rename it");
            handle.execute("DROP TABLE monitoring_parts.pipeline_metrics_20010101");
        });
    }

    @Test
    void functionsRefuseWhatWouldDoHarm(Servers servers) {
        Jdbi jdbi = Jdbi.create(servers.jdbcUrl());
        assertThatThrownBy(() -> number(jdbi, "SELECT monitoring.drop_expired_partitions('raw', now())"))
                .hasMessageContaining("must be at least 12 hours ago");
        assertThatThrownBy(() -> number(jdbi, "SELECT monitoring.ensure_partitions('raw', now(), now() + '11 years')"))
                .hasMessageContaining("must be at most 10 years after since");
        assertThatThrownBy(() -> number(jdbi, "SELECT monitoring.ensure_partitions('yearly', now(), now())"))
                .hasMessageContaining("rows is yearly, must be hourly, daily, weekly, raw or events");
    }

    @Test
    void daysThatEndedWithoutALastHourBecomeFinalAnHourLater(Servers servers) {
        Instant hour = Instant.parse("2025-11-02T04:00:00Z");
        Weeks weeks = new Weeks(servers, "silent_total", MetricKind.COUNT, Calendar.UTC, InstantSource.fixed(hour));
        weeks.store(weeks.hour(hour, 0, List.of(new Weeks.Sample(hour, 1, null))));
        for (Period period : Set.of(Period.DAILY, Period.WEEKLY)) {
            keep(weeks, "2025-11-03T00:59:59.999Z");
            assertThat(weeks.get(period, null, "final")).isEqualTo("false");
        }
        keep(weeks, "2025-11-03T01:00:00Z");
        assertThat(weeks.get(Period.DAILY, null, "final || ' ' || revision")).isEqualTo("true 0");
        assertThat(weeks.get(Period.WEEKLY, null, "final")).isEqualTo("true");
    }

    private static void keep(Weeks weeks, String now) {
        InstantSource clock = InstantSource.fixed(Instant.parse(now));
        try (Housekeeper housekeeper =
                new Housekeeper(weeks.jdbi, new Partitions(Aggregates.YEARS, clock), Calendar.UTC, clock)) {
            housekeeper.keep();
        }
    }

    private static void drop(Jdbi jdbi, String now) {
        jdbi.useHandle(partitions(now, 14)::dropExpired);
    }

    /** Raw rows and events are kept so many days, others nearly for ever. */
    private static Partitions partitions(String now, int days) {
        Duration ever = Duration.ofDays(36_500);
        Duration kept = Duration.ofDays(days);
        return new Partitions(new Retention(kept, ever, ever, kept), InstantSource.fixed(Instant.parse(now)));
    }

    private static String firstRaw(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT min(timestamp)::date::text FROM monitoring.pipeline_metrics WHERE metric_name = 'kept'")
                .mapTo(String.class)
                .one());
    }

    private static long number(Jdbi jdbi, String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static List<String> names(Jdbi jdbi, String prefix) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT relname FROM pg_class WHERE relkind = 'r'"
                        + " AND relnamespace = 'monitoring_parts'::regnamespace AND starts_with(relname, :prefix)"
                        + " ORDER BY 1")
                .bind("prefix", prefix)
                .mapTo(String.class)
                .list());
    }
}
