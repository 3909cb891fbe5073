package dev.weir.benchmarks.engine.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The report as a table: a line a system, then the ratios beside what they must reach. */
public final class TextTable {
    /** What is asked of Weir; absent where nothing is. */
    private record Reach(
            double cpuOverLimit, double overFlink, OptionalDouble overDsl, OptionalDouble overCompactDsl) {}

    private static final Map<String, Reach> REACH = Map.of(
            "single-1k", new Reach(1.5, 1.6, OptionalDouble.of(25), OptionalDouble.of(4)),
            "single-100k", new Reach(1.8, 1.5, OptionalDouble.of(20), OptionalDouble.empty()),
            "batch-1k", new Reach(1.1, 2.5, OptionalDouble.empty(), OptionalDouble.empty()),
            "batch-100k", new Reach(1.6, 1.5, OptionalDouble.empty(), OptionalDouble.empty()));

    private TextTable() {}

    public static String of(List<WorkloadReport> workloads) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%-12s %-12s %12s %22s %10s %10s %5s",
                "workload",
                "system",
                "events/s",
                "CPU-s/M (min-max)",
                "B/event",
                "wall s",
                "reps");
        for (WorkloadReport workload : workloads) {
            workload.systems().forEach((name, system) -> {
                if (system.repetitions() > 0) {
                    systemLine(text, workload.name(), name, system);
                }
            });
        }
        text.append('\n');
        for (WorkloadReport workload : workloads) {
            ratioLines(text, workload);
        }
        return text.toString();
    }

    private static void systemLine(StringBuilder text, String workload, String name, SystemReport system) {
        String cpu = String.format(
                Locale.ROOT,
                "%.2f (%.2f-%.2f)",
                system.cpuPerMillion().median(),
                system.cpuPerMillion().min(),
                system.cpuPerMillion().max());
        String checked =
                system.mismatches().map(count -> "  mismatches " + count).orElse("");
        line(
                text,
                "%-12s %-12s %,12d %22s %10.0f %10.1f %5d%s",
                workload,
                name,
                Math.round(system.eventsPerSecond().median()),
                cpu,
                system.allocatedPerEvent().median(),
                system.wallSeconds().median(),
                system.repetitions(),
                checked);
    }

    private static void ratioLines(StringBuilder text, WorkloadReport workload) {
        Reach reach = REACH.get(workload.name());
        ratio(
                text,
                workload,
                "CPU Weir / limit",
                workload.cpuRatio("weir", "limit"),
                most(reach == null ? OptionalDouble.empty() : OptionalDouble.of(reach.cpuOverLimit())));
        ratio(text, workload, "CPU Weir / no-op", workload.cpuRatio("weir", "noop"), "");
        ratio(
                text,
                workload,
                "speed Weir / Flink",
                workload.speedRatio("weir", "flink"),
                least(reach == null ? OptionalDouble.empty() : OptionalDouble.of(reach.overFlink())));
        ratio(
                text,
                workload,
                "speed Weir / DSL",
                workload.speedRatio("weir", "dsl"),
                least(reach == null ? OptionalDouble.empty() : reach.overDsl()));
        ratio(
                text,
                workload,
                "speed Weir / compact DSL",
                workload.speedRatio("weir", "dsl_compact"),
                least(reach == null ? OptionalDouble.empty() : reach.overCompactDsl()));
    }

    private static String most(OptionalDouble bound) {
        return bound.isPresent() ? "at most " + bound.getAsDouble() : "";
    }

    private static String least(OptionalDouble bound) {
        return bound.isPresent() ? "at least " + bound.getAsDouble() : "";
    }

    private static void ratio(
            StringBuilder text, WorkloadReport workload, String name, OptionalDouble ratio, String wanted) {
        if (ratio.isPresent()) {
            line(text, "%-12s %-26s %8.2f  %s", workload.name(), name, ratio.getAsDouble(), wanted);
        }
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
