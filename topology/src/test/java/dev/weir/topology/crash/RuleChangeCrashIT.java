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
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
    private final Instant start = Instant.now()
            .truncatedTo(ChronoUnit.MINUTES)
            .minus(AlertFlood.CLOSING)
            .minus(PORTION.multipliedBy(MOST_PORTIONS));
    private Application application;
    private Progress progress;
    private AlertFlood flood;
    private AlertLog log;
    private int portions;

    @BeforeAll
    static void startMachine() throws Exception {
        machine = Machine.start(dir);
    }

    @AfterAll
    static void stopMachine() {
        machine.close();
    }

    @BeforeEach
    void startStream() throws Exception {
        machine.createTopics(topics, PARTITIONS);
        createRulesTopic();
        application = new Application(machine, "changes", topics, "exactly_once_v2", true, false, dir);
        progress = new Progress(machine.bootstrapServers(), application, PARTITIONS);
        flood = new AlertFlood(machine, topics, PARTITIONS, SEED, start);
        log = new AlertLog(machine, topics, PARTITIONS);
        write(STEADY, AlertFlood.RULES);
        application.followRules(topics.rules());
        for (int slot = 0; slot < INSTANCES; slot++) {
            application.start(slot);
        }
    }

    @AfterEach
    void stopStream() {
        log.close();
        flood.close();
        progress.close();
        application.close();
    }

    @Test
    void changesThroughKillsTouchNoOtherRuleAndLoseNoTransition() throws Exception {
        // Rules count from when every task of the stream knows the same; before that there is nothing to keep.
        sendUntil(() -> !log.recorded().isEmpty());
        for (int number = 0; number < KILLS; number++) {
            send();
            change(number);
            kill();
        }
        write(CHANGING, rules(KILLS));
        kill();
        sendUntil(() -> last(KILLS) == AlertState.FIRING);
        write(CHANGING, rules(KILLS + 1));
        sendUntil(() -> last(KILLS + 1) == AlertState.FIRING);
        write(CHANGING, null);
        kill();
        sendUntil(() -> last(KILLS + 1) == AlertState.RESOLVED);
        Instant end = start.plus(PORTION.multipliedBy(portions));
        flood.close(end);
        RuleTruth truth = new RuleTruth(flood.sent());
        truth.evaluate(
                AlertFlood.RULES,
                start.toEpochMilli(),
                end.plus(AlertFlood.CLOSING).minusSeconds(2).toEpochMilli());
        await(truth);
        check(truth);
    }

    private void kill() throws InterruptedException {
        Thread.sleep(random.nextInt(LONGEST_WAIT_MS));
        int slot = random.nextInt(INSTANCES);
        application.kill(slot);
        application.start(slot);
    }

    /** The first adds the file; of those behind it one in five is bad, and one in five removes the file. */
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

    /** Lets time pass until it is so. */
    private void sendUntil(BooleanSupplier reached) throws Exception {
        while (portions < MOST_PORTIONS && !reached.getAsBoolean()) {
            send();
            log.readToEnd();
        }
    }

    /** Sends one portion and waits until the stream has read it. */
    private void send() throws Exception {
        portions++;
        flood.sendUntil(start.plus(PORTION.multipliedBy(portions)));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (progress.lag() > 0) {
            assertThat(System.nanoTime()).as("portion %s", portions).isLessThan(deadline);
            application.ended().forEach(application::start);
            Thread.sleep(100);
        }
    }

    /** State of the alert that always fires under the rules of a number, as published last. */
    private @Nullable AlertState last(int number) {
        return log.transitions().stream()
                .filter(one -> one.getExpression().equals("vector(" + number + ")"))
                .filter(one -> one.getAlertname().equals("Always"))
                .map(AlertTransition::getState)
                .reduce((before, after) -> after)
                .orElse(null);
    }

    private void await(RuleTruth truth) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            application.ended().forEach(application::start);
            log.readToEnd();
            Thread.sleep(200);
        } while ((progress.lag() > 0 || steady().size() < truth.transitions().size()) && System.nanoTime() < deadline);
    }

    private List<AlertTransition> steady() {
        return log.transitions().stream()
                .filter(one -> one.getGroup().startsWith(STEADY))
                .toList();
    }

    private void check(RuleTruth truth) {
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
        assertThat(AlertLog.sorted(steady())).as("seed %s", SEED).isEqualTo(AlertLog.sorted(truth.transitions()));
        assertThat(log.recorded()).as("seed %s", SEED).containsExactlyInAnyOrderElementsOf(truth.recorded());
        assertThat(log.outOfSequence()).as("seed %s", SEED).isZero();
        assertThat(log.firingToPending()).as("seed %s", SEED).isZero();
        Map<String, AlertTransition> last = new HashMap<>();
        changing.forEach(one -> last.put(one.getFingerprint(), one));
        assertThat(last.values())
                .as("seed %s", SEED)
                .extracting(AlertTransition::getState)
                .isSubsetOf(AlertState.RESOLVED, AlertState.INACTIVE);
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
                .isSubsetOf(null, ResolveReason.RULE_REMOVED);
        assertThat(changing)
                .as("seed %s", SEED)
                .extracting(AlertTransition::getReason)
                .contains(ResolveReason.RULE_CHANGED);
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
