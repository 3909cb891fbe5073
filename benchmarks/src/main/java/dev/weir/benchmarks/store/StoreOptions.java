package dev.weir.benchmarks.store;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * The command line.
 *
 * @param series hours written in each turn
 * @param repetitions turns that are measured
 * @param wholeHour whether an hour of 100,000 series is closed at the end
 * @param json where to write the report
 */
record StoreOptions(int series, int repetitions, boolean wholeHour, Optional<Path> json) {
    static final String USAGE = """
            usage: benchmarks/store [--quick] [--series N] [--repetitions N] [--json FILE]
              --quick            5,000 series, 3 repetitions, no hour of 100,000 series
              --series N         hours written in each turn, a multiple of 1,000 (20,000); ten times as many raw measurements
              --repetitions N    measured turns of each (5), at most 22
              --json FILE        write the report there, too
            """;
    private static final int ROWS = 1_000;
    private static final int MAX_TURNS = 22;

    StoreOptions {
        if (series < ROWS || series % ROWS != 0) {
            throw new IllegalArgumentException("series is " + series + ", must be a multiple of 1,000\n" + USAGE);
        }
        if (repetitions < 1 || repetitions > MAX_TURNS) {
            throw new IllegalArgumentException(
                    "repetitions is " + repetitions + ", must be 1 to " + MAX_TURNS + "\n" + USAGE);
        }
    }

    /** @throws IllegalArgumentException with a message for the user */
    static StoreOptions parse(String[] arguments) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(arguments));
        boolean quick = words.contains("--quick");
        int series = quick ? 5_000 : 20_000;
        int repetitions = quick ? 3 : 5;
        Optional<Path> json = Optional.empty();
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            switch (word) {
                case "--quick" -> {}
                case "--series" -> series = number(word, words);
                case "--repetitions" -> repetitions = number(word, words);
                case "--json" -> json = Optional.of(Path.of(value(word, words)));
                default -> throw new IllegalArgumentException("option is " + word + ", must be one of these\n" + USAGE);
            }
        }
        return new StoreOptions(series, repetitions, !quick, json);
    }

    private static int number(String option, Deque<String> words) {
        String value = value(option, words);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is " + value + ", must be a number\n" + USAGE, e);
        }
    }

    private static String value(String option, Deque<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(option + " has no value, must have one\n" + USAGE);
        }
        return words.removeFirst();
    }
}
