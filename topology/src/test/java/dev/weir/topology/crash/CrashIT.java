package dev.weir.topology.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream whose processes are killed, frozen, stopped and rebalanced while they work, on a broker that pauses and restarts,
 * counts every event exactly once. Longer, with system properties: {@code weir.crash.events}, {@code weir.crash.kills}, {@code
 * weir.crash.seed}.
 */
final class CrashIT {
    private static final int EVENTS = Integer.getInteger("weir.crash.events", 2_000_000);
    private static final int KILLS = Integer.getInteger("weir.crash.kills", 20);
    private static final long SEED = Long.getLong("weir.crash.seed", System.nanoTime() % 1_000_000);
    private static final int CONTROL_EVENTS = 30_000;

    @TempDir
    private Path directory;

    @Test
    void everyEventCountsOnceWhateverHappensToTheProcesses() throws Exception {
        CrashReport report = run("--events", EVENTS, "--kills", KILLS, "--seed", SEED, "--deduplicate");
        assertThat(report.verdict().comparison().first()).as("seed %s", SEED).isEmpty();
        assertThat(report.exact()).as(report.json()).isTrue();
        assertThat(report.inputDifferences()).as("input as intended").isZero();
        assertThat(report.kills()).isGreaterThanOrEqualTo(KILLS);
        assertThat(report.events()).isGreaterThan(EVENTS);
    }

    @Test
    void harnessSeesThatWithoutTransactionsEventsCountTwice() throws Exception {
        CrashReport report = run(
                "--events",
                CONTROL_EVENTS,
                "--kills",
                1,
                "--seed",
                SEED,
                "--guarantee",
                "at_least_once",
                "--kills-only");
        assertThat(report.exact()).as(report.json()).isFalse();
        assertThat(report.verdict().duplicated()).isPositive();
        assertThat(report.inputDifferences()).isZero();
    }

    private CrashReport run(Object... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--dir", directory.toString()));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        CrashReport report = new CrashRun(CrashSettings.parse(all)).run();
        System.out.println(report.json());
        return report;
    }
}
