package dev.weir.topology.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerts.AlertTransition;
import dev.weir.topology.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The alerts and recorded series of a stream equal those of the same rules evaluated offline over the same events: through 1
 * partition or 8, by 1 instance or 3, and through kill -9. Longer, with system properties: {@code weir.alerts.kills}, {@code
 * weir.alerts.seed}.
 */
final class AlertCrashIT {
    private static final int KILLS = Integer.getInteger("weir.alerts.kills", 5);
    private static final long SEED = Long.getLong("weir.alerts.seed", System.nanoTime() % 1_000_000);
    private static final Duration PORTION = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LONGEST_WAIT_MS = 1_200;
    private static final int ONE_IN_DISKS_LOST = 8;

    @TempDir
    private static Path dir;

    private static Machine machine;
    private static Path rules;

    @BeforeAll
    static void startMachine() throws Exception {
        machine = Machine.start(dir);
        rules = Files.writeString(dir.resolve("rules.yml"), AlertFlood.RULES);
    }

    @AfterAll
    static void stopMachine() {
        machine.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "8, 3"})
    void alertsEqualTheOfflineEvaluation(int partitions, int instances) throws Exception {
        run("p" + partitions, partitions, instances, 0, 6);
    }

    @Test
    void alertsEqualTheOfflineEvaluationThroughKills() throws Exception {
        run("killed", 4, 2, KILLS, KILLS + 1);
    }

    private static void run(String name, int partitions, int instances, int kills, int portions) throws Exception {
        Topics topics = new Topics(name);
        machine.createTopics(topics, partitions);
        SplittableRandom random = new SplittableRandom(SEED);
        Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(AlertFlood.CLOSING);
        Instant start = end.minus(PORTION.multipliedBy(portions));
        try (Application application = new Application(machine, name, topics, "exactly_once_v2", true, false, dir);
                Progress progress = new Progress(machine.bootstrapServers(), application, partitions);
                AlertFlood flood = new AlertFlood(machine, topics, partitions, SEED, start);
                AlertLog log = new AlertLog(machine, topics, partitions)) {
            application.runRules(rules);
            for (int slot = 0; slot < instances; slot++) {
                application.start(slot);
            }
            for (int portion = 1; portion <= portions; portion++) {
                flood.sendUntil(start.plus(PORTION.multipliedBy(portion)));
                if (portion <= kills) {
                    assertThat(progress.awaitCommit(PATIENCE))
                            .as("portion %s", portion)
                            .isTrue();
                    Thread.sleep(random.nextInt(LONGEST_WAIT_MS));
                    kill(application, random);
                }
            }
            flood.close(end);
            RuleTruth truth = new RuleTruth(flood.sent());
            truth.evaluate(
                    AlertFlood.RULES,
                    start.toEpochMilli(),
                    end.plus(AlertFlood.CLOSING).minusSeconds(2).toEpochMilli());
            await(application, progress, log, truth);
            report(name, partitions, instances, kills, log, truth);
            assertThat(partitionsWithAlerts(application, partitions))
                    .as("partitions that keep alerts of 12 zones")
                    .hasSizeGreaterThanOrEqualTo(Math.min(partitions, 4));
        }
    }

    private static void kill(Application application, SplittableRandom random) throws InterruptedException {
        int slot = application.slots().get(random.nextInt(application.slots().size()));
        application.kill(slot);
        if (random.nextInt(ONE_IN_DISKS_LOST) == 0) {
            application.deleteState(slot);
        }
        application.start(slot);
    }

    /** Waits until as much is published as must be, or time is over. */
    private static void await(Application application, Progress progress, AlertLog log, RuleTruth truth)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            application.ended().forEach(application::start);
            log.readToEnd();
            if (progress.lag() == 0
                    && log.transitions().size() >= truth.transitions().size()
                    && log.recorded().size() >= truth.recorded().size()) {
                return;
            }
            Thread.sleep(200);
        }
    }

    private static Set<Integer> partitionsWithAlerts(Application application, int partitions) {
        Set<Integer> found = new TreeSet<>();
        String changelog = application.id() + "-rule-alerts-changelog";
        try (TopicLog log = new TopicLog(machine.bootstrapServers(), changelog, partitions)) {
            log.readToEnd(alert -> found.add(alert.partition()));
        }
        return found;
    }

    private static void report(String name, int partitions, int instances, int kills, AlertLog log, RuleTruth truth) {
        List<AlertTransition> expected = AlertLog.sorted(truth.transitions());
        List<AlertTransition> published = AlertLog.sorted(log.transitions());
        long differences = expected.stream()
                        .filter(one -> !published.contains(one))
                        .count()
                + published.stream().filter(one -> !expected.contains(one)).count();
        System.out.printf(
                "{\"run\":\"%s\",\"seed\":%d,\"partitions\":%d,\"instances\":%d,\"kills\":%d,\"alerts\":%d,"
                        + "\"transitions\":%d,\"out_of_sequence\":%d,\"firing_to_pending\":%d,\"recorded\":%d,"
                        + "\"differences\":%d}%n",
                name,
                SEED,
                partitions,
                instances,
                kills,
                published.stream()
                        .map(AlertTransition::getFingerprint)
                        .distinct()
                        .count(),
                published.size(),
                log.outOfSequence(),
                log.firingToPending(),
                log.recorded().size(),
                differences);
        assertThat(published).as("seed %s", SEED).isEqualTo(expected);
        assertThat(log.outOfSequence()).as("seed %s", SEED).isZero();
        assertThat(log.firingToPending()).as("seed %s", SEED).isZero();
        assertThat(log.recorded()).as("seed %s", SEED).containsExactlyInAnyOrderElementsOf(truth.recorded());
        assertThat(published).as("seed %s", SEED).hasSizeGreaterThan(30);
    }
}
