package dev.weir.benchmarks.engine;

import dev.weir.benchmarks.engine.report.JsonReport;
import dev.weir.benchmarks.engine.report.TextTable;
import dev.weir.benchmarks.engine.report.WorkloadReport;
import dev.weir.benchmarks.engine.system.Systems;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The command {@code benchmarks/engine}. Exit 0 when all was measured and right, 1 on mismatches or failure, 2 on usage. */
public final class EngineBenchmark {
    /** So far back that no event is in the future and all are in the late retention. */
    private static final Duration AGO = Duration.ofHours(2);

    private static final int MANY_SERIES = 100_000;
    private static final int SECOND_MS = 1_000;

    private EngineBenchmark() {}

    public static void main(String[] args) throws Exception {
        EngineOptions options;
        try {
            options = EngineOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        if (options.mode() == Mode.COMPARE) {
            compare(options);
            return;
        }
        try (Bench bench = new Bench(Path.of(System.getProperty("weir.home", ".")))) {
            switch (options.mode()) {
                case COMPARE -> throw new IllegalStateException("comparison is done already");
                case PROFILE -> profile(bench, options);
                case LATENCY -> System.out.println(new LatencyRun(bench, options.rate()).run());
                case RECOVERY -> System.out.println(new RecoveryRun(bench, recovery(options)).run());
                case MEMORY -> memory(bench);
            }
        }
        System.exit(0);
    }

    private static void compare(EngineOptions options) throws Exception {
        List<WorkloadReport> reports = run(options);
        System.out.println(TextTable.of(reports));
        if (options.json().isPresent()) {
            JsonReport.write(reports, options.json().get());
        }
        boolean wrong = reports.stream()
                .flatMap(report -> report.systems().values().stream())
                .anyMatch(system -> system.mismatches().orElse(0L) > 0);
        System.exit(wrong ? 1 : 0);
    }

    private static List<WorkloadReport> run(EngineOptions options) throws Exception {
        List<String> systems =
                options.systems().stream().filter(Bench::isPresent).toList();
        List<WorkloadReport> reports = new ArrayList<>();
        try (Bench bench = new Bench(Path.of(System.getProperty("weir.home", ".")))) {
            for (WorkloadSpec spec : specs(options)) {
                try (WorkloadRun run = new WorkloadRun(bench, options.plan(), spec)) {
                    reports.add(run.run(systems));
                }
            }
        }
        return reports;
    }

    private static void profile(Bench bench, EngineOptions options) throws Exception {
        for (WorkloadSpec spec : specs(options)) {
            Path file = bench.directory().resolve(spec.name() + ".jfr");
            try (WorkloadRun run = new WorkloadRun(bench, options.plan(), spec)) {
                System.out.println(spec.name());
                System.out.println(run.profile(Systems.WEIR, file).table());
            }
        }
    }

    private static WorkloadSpec recovery(EngineOptions options) {
        int pairs = (int) Math.max(1, options.plan().eventsOf100k() / MANY_SERIES / 2);
        return new WorkloadSpec("recovery", MANY_SERIES, false, 2 * pairs, SECOND_MS, startMs());
    }

    /** Panes of 10 s with 100 samples a series; then a million series with a sample every 10 s for 2 minutes. */
    private static void memory(Bench bench) throws Exception {
        WorkloadSpec panes = new WorkloadSpec("memory-panes", MANY_SERIES, true, 100, SECOND_MS / 10, startMs());
        System.out.println(new MemoryRun(bench, panes, "4g").run());
        WorkloadSpec million = new WorkloadSpec("memory-million", 1_000_000, true, 12, 10 * SECOND_MS, startMs());
        System.out.println(new MemoryRun(bench, million, "6g").run());
    }

    private static List<WorkloadSpec> specs(EngineOptions options) {
        long startMs = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(AGO).toEpochMilli();
        return WorkloadSpec.all(options.plan().eventsOf1k(), options.plan().eventsOf100k(), startMs).stream()
                .filter(spec ->
                        options.workloads().isEmpty() || options.workloads().contains(spec.name()))
                .toList();
    }

    private static long startMs() {
        return Instant.now().truncatedTo(ChronoUnit.HOURS).minus(AGO).toEpochMilli();
    }
}
