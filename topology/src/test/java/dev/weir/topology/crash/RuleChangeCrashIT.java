package dev.weir.topology.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import dev.weir.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of rules comes, changes, is bad and goes while processes are killed; the rules of another file go on as if nothing
 * happened. Longer, with system properties: {@code weir.rule.changes.kills}, {@code weir.rule.changes.seed}.
 */
final class RuleChangeCrashIT {
    private static final int KILLS = Integer.getInteger("weir.rule.changes.kills", 4);
    private static final long SEED = Long.getLong("weir.rule.changes.seed", System.nanoTime() % 1_000_000);
    private static final int PARTITIONS = 4;
    private static final int INSTANCES = 2;
    private static final int MOST_PORTIONS = KILLS + 30;
    private static final Duration PORTION = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_WAIT_MS = 1_200;

    /** The name under which {@link RuleTruth} knows its file. */
    private static final String STEADY = "test.yml";

    private static final String CHANGING = "changing.yml";
    private static final List<String> BAD =
            List.of("groups: 7", "groups: [{name: g, rules: [{alert: A, expr: 'x >'}]}]");

    @TempDir
    private static Path dir;

    private static Machine machine;

    private final Topics topics = new Topics("changes");
    private final SplittableRandom random = new SplittableRandom(SEED);

    @BeforeAll
    static void startMachine() throws Exception {
        machine = Machine.start(dir);
    }

    @AfterAll
    static void stopMachine() {
        machine.close();
    }

    @Test
    void changesThroughKillsTouchNoOtherRuleAndLoseNoTransition() throws Exception {
        machine.createTopics(topics, PARTITIONS);
        createRulesTopic();
        Instant start = Instant.now()
                .truncatedTo(ChronoUnit.MINUTES)
                .minus(AlertFlood.CLOSING)
                .minus(span(MOST_PORTIONS));
        try (Application application =
                        new Application(machine, "changes", topics, "exactly_once_v2", true, false, dir);
                Progress progress = new Progress(machine.bootstrapServers(), application, PARTITIONS);
                AlertFlood flood = new AlertFlood(machine, topics, PARTITIONS, SEED, start);
                AlertLog log = new AlertLog(machine, topics, PARTITIONS)) {
            write(STEADY, AlertFlood.RULES);
            application.followRules(topics.rules());
            for (int slot = 0; slot < INSTANCES; slot++) {
                application.start(slot);
            }
            int portions = 0;
            // Rules count from when every task of the stream knows the same; before that there is nothing to keep.
            while (portions < MOST_PORTIONS && log.recorded().isEmpty()) {
                portions = send(application, progress, flood, log, start, portions);
            }
            for (int kill = 0; kill < KILLS; kill++) {
                flood.sendUntil(start.plus(span(++portions)));
                assertThat(progress.awaitCommit(PATIENCE)).as("kill %s", kill).isTrue();
                change(kill);
                Thread.sleep(random.nextInt(LONGEST_WAIT_MS));
                int slot = random.nextInt(INSTANCES);
                application.kill(slot);
                application.start(slot);
            }
            portions = sendUntilFiring(application, progress, flood, log, start, portions, rules(KILLS));
            portions = sendUntilRemoved(application, progress, flood, log, start, portions);
            Instant end = start.plus(span(portions));
            flood.close(end);
            RuleTruth truth = new RuleTruth(flood.sent());
            truth.evaluate(
                    AlertFlood.RULES,
                    start.toEpochMilli(),
                    end.plus(AlertFlood.CLOSING).minusSeconds(2).toEpochMilli());
            await(application, progress, log, truth);
            check(log, truth);
        }
    }

    private static Duration span(int portions) {
        return PORTION.multipliedBy(portions);
    }

    /** Of three changes one is bad, of the others one in three removes the file. */
    private void change(int number) throws ExecutionException, InterruptedException {
        switch (random.nextInt(number == 0 ? 1 : 5)) {
            case 3 -> write(CHANGING, BAD.get(random.nextInt(BAD.size())));
            case 4 -> write(CHANGING, null);
            default -> write(CHANGING, rules(number));
        }
    }

    /** One that always fires, another for each number, and one that never changes. */
    private static String rules(int number) {
        return """
                groups:
                  - name: changing
                    rules:
                      - {alert: Always, expr: vector(%d)}
                      - {alert: Kept, expr: vector(1), for: 20s}
                      - {alert: Number%d, expr: depth > 5}
                """.formatted(number, number);
    }

    private int sendUntilFiring(
            Application application,
            Progress progress,
            AlertFlood flood,
            AlertLog log,
            Instant start,
            int sent,
            String rules)
            throws Exception {
        write(CHANGING, rules);
        int portions = sent;
        while (portions < MOST_PORTIONS && last(log, "vector(" + KILLS + ")") != AlertState.FIRING) {
            portions = send(application, progress, flood, log, start, portions);
        }
        return portions;
    }

    private int sendUntilRemoved(
            Application application, Progress progress, AlertFlood flood, AlertLog log, Instant start, int sent)
            throws Exception {
        write(CHANGING, null);
        int portions = sent;
        while (portions < MOST_PORTIONS && last(log, "vector(" + KILLS + ")") != AlertState.RESOLVED) {
            portions = send(application, progress, flood, log, start, portions);
        }
        return portions;
    }

    private static int send(
            Application application, Progress progress, AlertFlood flood, AlertLog log, Instant start, int portions)
            throws Exception {
        application.ended().forEach(application::start);
        flood.sendUntil(start.plus(span(portions + 1)));
        assertThat(progress.awaitCommit(PATIENCE)).as("portion %s", portions).isTrue();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (progress.lag() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        log.readToEnd();
        return portions + 1;
    }

    /** State of the alert of this expression, as published last. */
    private static @Nullable AlertState last(AlertLog log, String expression) {
        return log.transitions().stream()
                .filter(one -> one.getExpression().equals(expression))
                .map(AlertTransition::getState)
                .reduce((before, after) -> after)
                .orElse(null);
    }

    private static void await(Application application, Progress progress, AlertLog log, RuleTruth truth)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            application.ended().forEach(application::start);
            log.readToEnd();
            if (progress.lag() == 0 && steady(log).size() >= truth.transitions().size()) {
                return;
            }
            Thread.sleep(200);
        } while (System.nanoTime() < deadline);
    }

    private static List<AlertTransition> steady(AlertLog log) {
        return log.transitions().stream()
                .filter(one -> one.getGroup().startsWith(STEADY))
                .toList();
    }

    private static void check(AlertLog log, RuleTruth truth) {
        List<AlertTransition> changing = log.transitions().stream()
                .filter(one -> one.getGroup().startsWith(CHANGING))
                .toList();
        System.out.printf(
                "{\"run\":\"rule-changes\",\"seed\":%d,\"kills\":%d,\"steady\":%d,\"changing\":%d,"
                        + "\"rule_changed\":%d,\"rule_removed\":%d,\"out_of_sequence\":%d,\"firing_to_pending\":%d}%n",
                SEED,
                KILLS,
                truth.transitions().size(),
                changing.size(),
                count(changing, ResolveReason.RULE_CHANGED),
                count(changing, ResolveReason.RULE_REMOVED),
                log.outOfSequence(),
                log.firingToPending());
        assertThat(AlertLog.sorted(steady(log))).as("seed %s", SEED).isEqualTo(AlertLog.sorted(truth.transitions()));
        assertThat(log.recorded()).as("seed %s", SEED).containsExactlyInAnyOrderElementsOf(truth.recorded());
        assertThat(log.outOfSequence()).as("seed %s", SEED).isZero();
        assertThat(log.firingToPending()).as("seed %s", SEED).isZero();
        Map<String, AlertTransition> last = new HashMap<>();
        changing.forEach(one -> last.put(one.getFingerprint(), one));
        assertThat(last.values())
                .as("seed %s", SEED)
                .extracting(AlertTransition::getState)
                .containsOnly(AlertState.RESOLVED, AlertState.INACTIVE);
        assertThat(last.values())
                .filteredOn(one -> List.of("Always", "Kept").contains(one.getAlertname()))
                .as("seed %s", SEED)
                .hasSize(2)
                .extracting(AlertTransition::getReason)
                .containsOnly(ResolveReason.RULE_REMOVED);
        assertThat(changing)
                .filteredOn(one -> one.getAlertname().equals("Kept"))
                .as("seed %s: a rule that stays is none that changed", SEED)
                .extracting(AlertTransition::getReason)
                .containsOnly(null, ResolveReason.RULE_REMOVED);
    }

    private static long count(List<AlertTransition> transitions, ResolveReason reason) {
        return transitions.stream().filter(one -> one.getReason() == reason).count();
    }

    private void createRulesTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", machine.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(topics.rules(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
    }

    private void write(String name, @Nullable String text) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", machine.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topics.rules(), name, text)).get();
        }
    }
}
