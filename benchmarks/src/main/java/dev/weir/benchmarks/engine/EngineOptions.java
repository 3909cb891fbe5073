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
 * @param profile whether to profile Weir instead of comparing
 */
record EngineOptions(
        BenchmarkPlan plan, List<String> workloads, List<String> systems, Optional<Path> json, boolean profile) {
    static final String USAGE = """
            usage: benchmarks/engine [--quick] [--json FILE] [--workloads NAME,…] [--systems NAME,…] [--events N] [--repetitions N] [--profile]
              --quick            fewer events, a short warm-up: within 8 minutes on 2 cores
              --json FILE        write the report there, too
              --workloads NAME,… of single-1k, single-100k, batch-1k, batch-100k
              --systems NAME,…   of limit, noop, weir, dsl, dsl_compact, flink
              --events N         measurements preloaded for each workload
              --repetitions N    measured passes of each system
              --profile          where Weir's CPU time goes, instead of a comparison
            """;

    /** @throws IllegalArgumentException with a message for the user */
    static EngineOptions parse(String[] arguments) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(arguments));
        BenchmarkPlan plan = words.contains("--quick") ? BenchmarkPlan.QUICK : BenchmarkPlan.FULL;
        List<String> workloads = List.of();
        List<String> systems = Systems.NAMES;
        Optional<Path> json = Optional.empty();
        boolean profile = false;
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            switch (word) {
                case "--quick" -> {}
                case "--profile" -> profile = true;
                case "--json" -> json = Optional.of(Path.of(value(word, words)));
                case "--workloads" -> workloads = List.of(value(word, words).split(","));
                case "--systems" -> systems = systems(value(word, words));
                case "--events" -> plan = plan.withEvents(Long.parseLong(value(word, words)));
                case "--repetitions" -> plan = plan.withRepetitions(Integer.parseInt(value(word, words)));
                default -> throw new IllegalArgumentException("option is " + word + ", must be one of these\n" + USAGE);
            }
        }
        return new EngineOptions(plan, workloads, systems, json, profile);
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
