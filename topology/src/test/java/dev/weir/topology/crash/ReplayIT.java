package dev.weir.topology.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.flood.Flood;
import dev.weir.testing.flood.FloodPlan;
import dev.weir.testing.oracle.IntegerTruth;
import dev.weir.testing.oracle.OutputCheck;
import dev.weir.testing.oracle.Verdict;
import dev.weir.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same events give the same rows: consumed live or from the beginning at full speed, through 1 partition or 8, by 1
 * instance or 3.
 */
final class ReplayIT {
    private static final long SEED = 20_261_122;
    private static final int SERIES = 40;
    private static final int EVENTS = 20_000;
    private static final Duration SPAN = Duration.ofMinutes(10);

    @TempDir
    private static Path dir;

    private static Machine machine;
    private static FloodPlan plan;

    @BeforeAll
    static void startMachine() {
        machine = Machine.start(dir);
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        plan = new FloodPlan(SEED, SERIES, EVENTS, end.minus(SPAN), end, false);
    }

    @AfterAll
    static void stopMachine() {
        machine.close();
    }

    @Test
    void replayOtherPartitionsAndMoreInstancesGiveTheSameRows() throws Exception {
        Topics eight = new Topics("eight");
        OutputCheck live = live(eight, 8);
        OutputCheck replayed = settled(eight, 8, "replay", 3, null);
        assertThat(live.compareRows(replayed).first()).isEmpty();

        OutputCheck one = live(new Topics("one"), 1);
        assertThat(live.compareRows(one).first()).isEmpty();
        assertThat(live.compareRows(one).windows()).isGreaterThan(100);
    }

    /** One instance, while the events are being sent. */
    private static OutputCheck live(Topics topics, int partitions) throws Exception {
        machine.createTopics(topics, partitions);
        Flood flood = new Flood(plan, machine.schemaIds(), new IntegerTruth());
        try (Sender sender = new Sender(flood, machine.bootstrapServers(), topics.events(), partitions)) {
            return settled(topics, partitions, topics.prefix(), 1, sender);
        }
    }

    /** So many instances; without a sender they replay what is there, and only what they publish counts. */
    private static OutputCheck settled(Topics topics, int partitions, String id, int instances, @Nullable Sender sender)
            throws Exception {
        try (Application application = new Application(machine, id, topics, "exactly_once_v2", true, false, dir);
                Progress progress = new Progress(machine.bootstrapServers(), application, partitions);
                Published published = new Published(machine, topics, partitions)) {
            if (sender == null) {
                published.skip();
            }
            for (int slot = 0; slot < instances; slot++) {
                application.start(slot);
            }
            if (sender != null) {
                sender.finish();
            }
            Settlement settlement = new Settlement(machine, application, progress, partitions, false);
            settlement.await(published, note -> {});
            Verdict verdict = settlement.verdict();
            assertThat(verdict.comparison().first()).as(id).isEmpty();
            return published.read();
        }
    }
}
