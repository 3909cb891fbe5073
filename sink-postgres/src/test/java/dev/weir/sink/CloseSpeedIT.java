package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long hours of many series take to be stored with their days and weeks, from the records to the last commit, by one
 * thread: {@code -Dweir.sink.series=100000} is the size that must close within a minute.
 */
@ExtendWith(Servers.Extension.class)
final class CloseSpeedIT {
    private static final int SERIES = Integer.getInteger("weir.sink.series", 2_000);
    private static final int HOURS = Integer.getInteger("weir.sink.hours", 3);
    private static final int BATCH = 2_000;
    private static final Instant MONDAY = Instant.parse("2026-08-31T00:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("weir.sink.limit", 60));

    @Test
    void hoursOfManySeriesCloseWithinAMinute(Servers servers) {
        SinkSettings settings =
                SinkSettings.of(Map.of(SinkTopic.AGGREGATES, "t"), "close-speed", servers.jdbcUrl(), "postgres", "");
        try (HikariDataSource pool = ConnectionPool.open(settings)) {
            Jdbi jdbi = Jdbi.create(pool);
            OffsetLedger ledger = new OffsetLedger("close-speed", Aggregates.CLOCK);
            TopicPartition partition = new TopicPartition("close-speed", 0);
            long epoch = jdbi.inTransaction(handle -> ledger.claim(handle, partition))
                    .ownerEpoch();
            RecordDecoder decoder = new RecordDecoder(Aggregates.decoder(), List.of(Aggregates.table()));
            BatchWriter writer = new BatchWriter(jdbi, ledger, new RejectTable("close-speed", Aggregates.CLOCK));
            SplittableRandom random = new SplittableRandom(1);
            for (int hour = 0; hour < HOURS; hour++) {
                List<ConsumerRecord<byte[], byte[]>> records =
                        records(MONDAY.plus(Duration.ofHours(hour)), random, (long) hour * SERIES);
                long begin = System.nanoTime();
                long beginCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (int from = 0; from < SERIES; from += BATCH) {
                    Batch batch = decoder.decode(records.subList(from, Math.min(from + BATCH, SERIES)));
                    BatchWriter.Written written = writer.write(batch, Map.of(partition, epoch));
                    assertThat(written.rejected()).isZero();
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                double cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beginCpu) / 1e9;
                System.out.printf(
                        "CloseSpeedIT: hour %d of %,d series in %.1f s, of which the sink computed %.1f s%n",
                        hour, SERIES, took.toMillis() / 1e3, cpu);
                assertThat(took).isLessThan(LIMIT);
            }
            assertThat(jdbi.<Long, RuntimeException>withHandle(
                            handle -> handle.createQuery("SELECT sum(revision + 1) FROM monitoring.aggregated_metrics"
                                            + " WHERE metric_name LIKE 'closing%' AND period = 'weekly'")
                                    .mapTo(Long.class)
                                    .one()))
                    .isEqualTo((long) HOURS * SERIES);
        }
    }

    /** Half of the series are latencies with 100 values, a quarter counts, the rest gauges and running totals. */
    private static List<ConsumerRecord<byte[], byte[]>> records(Instant start, SplittableRandom random, long offset) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(SERIES);
        for (int i = 0; i < SERIES; i++) {
            MetricKind kind = i % 2 == 0
                    ? MetricKind.OBSERVATION
                    : i % 4 == 1 ? MetricKind.COUNT : i % 8 == 3 ? MetricKind.GAUGE : MetricKind.CUMULATIVE;
            Aggregate aggregate = new Aggregate(kind, Weeks.RANGE);
            double level = Math.exp(random.nextDouble(-6, 0));
            for (int n = 0; n < 100; n++) {
                aggregate.record(start.toEpochMilli() + n * 36_000L, level * Math.exp(random.nextDouble(-1, 1)), null);
            }
            records.add(Aggregates.polled("close-speed", offset + i, window(i, start, kind, aggregate)));
        }
        return records;
    }

    private static WindowAggregate window(int series, Instant start, MetricKind kind, Aggregate aggregate) {
        return Weeks.window("closing_" + kind + "_" + series % 10, start, aggregate)
                .setLabels(
                        Map.of("instance", "10.0." + series / 250 + "." + series % 250, "route", "/r" + series % 100))
                .build();
    }
}
