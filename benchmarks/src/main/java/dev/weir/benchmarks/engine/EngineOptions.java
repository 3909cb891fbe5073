package dev.weir.benchmarks.engine;

import dev.weir.benchmarks.engine.system.Systems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param workloads names to run; empty for all
 * @param systems names to run, in their order
 * @param json where to write the report
 * @param mode what to do
 * @param rate events a second of the latency run
 */
record EngineOptions(
        BenchmarkPlan plan, List<String> workloads, List<String> systems, Optional<Path> json, Mode mode, int rate) {
    private static final int DEFAULT_RATE = 100_000;

    static final String USAGE = """
            usage: benchmarks/engine [--quick] [--json FILE] [--workloads NAME,…] [--systems NAME,…] [--events N] [--repetitions N]
                   benchmarks/engine --profile [--quick] [--workloads NAME,…] [--events N]
                   benchmarks/engine --latency [--rate N] | --recovery [--events N] | --memory
              --quick            fewer events, a short warm-up; without noop and dsl_compact, unless --systems names them
              --json FILE        write the report there, too
              --workloads NAME,… of single-1k, single-100k, batch-1k, batch-100k
              --systems NAME,…   of limit, noop, weir, dsl, dsl_compact, flink
              --events N         measurements preloaded for each workload
              --repetitions N    measured passes of each system
              --profile          where Weir's CPU time goes
              --latency          window's end to readable aggregate, tick to alert, at so many events a second (--rate)
              --recovery         kill -9 to the first commit, 100,000 series, with and without the state directory
              --memory           heap a live series of 100 samples; resident size with 1,000,000 series
            """;

    /** @throws IllegalArgumentException with a message for the user */
    static EngineOptions parse(String[] arguments) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(arguments));
        BenchmarkPlan plan = plan(words);
        List<String> workloads = List.of();
        List<String> systems = words.contains("--quick") ? Systems.QUICK : Systems.NAMES;
        Optional<Path> json = Optional.empty();
        Mode mode = Mode.COMPARE;
        int rate = DEFAULT_RATE;
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            switch (word) {
                case "--quick" -> {}
                case "--profile" -> mode = Mode.PROFILE;
                case "--latency" -> mode = Mode.LATENCY;
                case "--recovery" -> mode = Mode.RECOVERY;
                case "--memory" -> mode = Mode.MEMORY;
                case "--rate" -> rate = Integer.parseInt(value(word, words));
                case "--json" -> json = Optional.of(Path.of(value(word, words)));
                case "--workloads" -> workloads = List.of(value(word, words).split(","));
                case "--systems" -> systems = systems(value(word, words));
                case "--events" -> plan = plan.withEvents(Long.parseLong(value(word, words)));
                case "--repetitions" -> plan = plan.withRepetitions(Integer.parseInt(value(word, words)));
                default -> throw new IllegalArgumentException("option is " + word + ", must be one of these\n" + USAGE);
            }
        }
        return new EngineOptions(plan, workloads, systems, json, mode, rate);
    }

    private static BenchmarkPlan plan(Deque<String> words) {
        if (words.contains("--recovery")) {
            return BenchmarkPlan.RECOVERY;
        }
        return words.contains("--quick") ? BenchmarkPlan.QUICK : BenchmarkPlan.FULL;
    }

    private static List<String> systems(String names) {
        List<String> wanted = List.of(names.split(","));
        for (String name : wanted) {
            if (!Systems.NAMES.contains(name)) {
                throw new IllegalArgumentException("system is " + name + ", must be one of " + Systems.NAMES);
            }
        }
        return Systems.NAMES.stream().filter(wanted::contains).toList();
    }

    private static String value(String option, Deque<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(option + " has no value, must have one\n" + USAGE);
        }
        return words.removeFirst();
    }
}
