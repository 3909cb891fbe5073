package dev.weir.topology.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of the harness does.
 *
 * @param events how many events it sends, without the copies of some
 * @param kills how many times a stream process is killed
 * @param seed of the events and of the faults
 * @param guarantee Kafka Streams' {@code processing.guarantee}
 * @param series how many series speak
 * @param partitions of the events topic
 * @param others whether there are faults besides kills: joins, leaves, zombies, a broker that stands still or restarts
 * @param staticMembers whether a process that comes back is the group member that it was
 * @param deduplicated whether the second of two events with one {@code event_id} must not count
 * @param directory for data and logs
 */
record CrashSettings(
        long events,
        int kills,
        long seed,
        String guarantee,
        int series,
        int partitions,
        boolean others,
        boolean staticMembers,
        boolean deduplicated,
        Path directory) {
    private static final double EVENTS_PER_SECOND = 2_000;
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final Duration SHORTEST = Duration.ofMinutes(3);

    static final String USAGE = """
            usage: testing/crash [--events N] [--kills K] [--seed S] [--guarantee exactly_once_v2|at_least_once]
                                 [--series N] [--partitions N] [--kills-only] [--dynamic-members] [--deduplicate] [--dir DIR]
            """;

    /**
     * The settings that a command line gives.
     *
     * @throws IllegalArgumentException if it is none
     */
    static CrashSettings parse(List<String> arguments) {
        List<String> left = new ArrayList<>(arguments);
        boolean others = !left.remove("--kills-only");
        boolean staticMembers = !left.remove("--dynamic-members");
        boolean deduplicated = left.remove("--deduplicate");
        CrashSettings settings = new CrashSettings(
                Long.parseLong(take(left, "--events", "2000000")),
                Integer.parseInt(take(left, "--kills", "20")),
                Long.parseLong(take(left, "--seed", "1")),
                take(left, "--guarantee", "exactly_once_v2"),
                Integer.parseInt(take(left, "--series", "200")),
                Integer.parseInt(take(left, "--partitions", "4")),
                others,
                staticMembers,
                deduplicated,
                directory(take(left, "--dir", "")));
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("unknown arguments " + left);
        }
        return settings;
    }

    /** Event time ends at a past hour, so that silence closes all windows at once. */
    Instant end() {
        return Instant.now().truncatedTo(ChronoUnit.HOURS);
    }

    /** How much event time the events cover. */
    Duration span() {
        Duration span = Duration.ofMillis((long) (events / EVENTS_PER_SECOND * 1_000));
        if (span.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return span.compareTo(LONGEST) > 0 ? LONGEST : span;
    }

    private static String take(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException(name + " has no value");
        }
        arguments.remove(at);
        return arguments.remove(at);
    }

    private static Path directory(String name) {
        try {
            return name.isEmpty() ? Files.createTempDirectory("weir-crash") : Files.createDirectories(Path.of(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
