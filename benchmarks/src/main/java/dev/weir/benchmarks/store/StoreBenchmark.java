package dev.weir.benchmarks.store;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.sink.SinkTopic;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The command {@code benchmarks/store}: all in one process, each in turn, on the same PostgreSQL. Exit 0 when all was measured,
 * 2 on wrong usage.
 */
public final class StoreBenchmark {
    private static final int SERIES_OF_HOUR = 100_000;
    private static final int RAW_PER_HOUR_ROW = 10;

    private StoreBenchmark() {}

    public static void main(String[] args) throws Exception {
        StoreOptions options;
        try {
            options = StoreOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path directory = Files.createTempDirectory("weir-store");
        StoreReport report = new StoreReport();
        try (StoreBench bench = new StoreBench(directory)) {
            // The first turn warms up, and makes the partitions.
            for (int turn = 0; turn <= options.repetitions(); turn++) {
                turn(bench, options.series(), turn, turn == 0 ? new StoreReport() : report);
                System.err.println("turn " + turn + " of " + options.repetitions());
            }
            if (options.wholeHour()) {
                bench.load(SinkTopic.AGGREGATES, hours("close", SERIES_OF_HOUR, 0));
                report.closeSeconds(bench.drain(SERIES_OF_HOUR).seconds());
            }
        } finally {
            delete(directory);
        }
        System.out.println(report.table());
        if (options.json().isPresent()) {
            Files.writeString(options.json().get(), report.json());
        }
        System.exit(0);
    }

    private static void turn(StoreBench bench, int series, int turn, StoreReport report) throws Exception {
        report.add(StoreReport.DIRECT, DirectUpserts.run(bench.jdbcUrl(), hours("direct", series, turn)));
        bench.load(SinkTopic.AGGREGATES, open("open", series, turn));
        report.add(StoreReport.SINK_HOURS, bench.drain(series).rowsPerSecond());
        bench.load(SinkTopic.AGGREGATES, hours("final", series, turn));
        report.add(StoreReport.SINK_ALL, bench.drain(series).rowsPerSecond());
        List<MetricEvent> raw = raw(series * RAW_PER_HOUR_ROW, turn);
        bench.load(SinkTopic.EVENTS, raw);
        report.add(StoreReport.SINK_RAW, bench.drain(raw.size()).rowsPerSecond());
        byte[] lines = DirectCopy.lines(raw);
        report.add(StoreReport.COPY, DirectCopy.byDriver(bench.jdbcUrl(), lines));
        OptionalDouble psql = DirectCopy.byPsql(bench.postgresPort(), lines, raw.size());
        psql.ifPresent(rate -> report.add(StoreReport.PSQL, rate));
    }

    private static List<WindowAggregate> hours(String prefix, int series, int turn) {
        return IntStream.range(0, series)
                .mapToObj(each -> StoreRecords.hour(prefix, each, start(turn), true))
                .toList();
    }

    /** Hours that are not over: no day and no week is touched. */
    private static List<WindowAggregate> open(String prefix, int series, int turn) {
        return IntStream.range(0, series)
                .mapToObj(each -> StoreRecords.hour(prefix, each, start(turn), false))
                .toList();
    }

    private static List<MetricEvent> raw(int count, int turn) {
        return IntStream.range(0, count)
                .mapToObj(each -> StoreRecords.raw(each, start(turn).plusMillis(each)))
                .toList();
    }

    /** Hours of yesterday. */
    private static Instant start(int turn) {
        return Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .minus(Duration.ofDays(1))
                .plus(Duration.ofHours(turn));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory, new FileVisitOption[0])) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
