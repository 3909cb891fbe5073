package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import dev.weir.events.MetricKind;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.topology.ruleset.ReloadStatus;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleFeed;
import dev.weir.topology.ruleset.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that come, change and go while the stream runs, in two processes. No partition is ever idle here. */
final class RuleReloadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DEEP = rules("{alert: Deep, expr: queue_depth > 5, for: 20s}");
    private static final String DEEPER = rules("{alert: Deep, expr: queue_depth > 6, for: 20s}");
    private static final String STEADY = rules("{alert: Steady, expr: queue_depth > 1}");

    @TempDir
    private static Path dir;

    private static EmbeddedBroker broker;

    private final Instant base = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
    private int second;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** What a process knows of rules, from the topic. */
    private static final class Rules implements AutoCloseable {
        private final RuleBook book = new RuleBook();
        private final ReloadStatus status = new ReloadStatus(InstantSource.system());
        private final RuleFeed feed;

        private Rules(String topic) {
            feed = new RuleFeed(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    topic,
                    texts -> RuleSet.parse(texts, Duration.ofSeconds(10), PipelineSettings.PANE),
                    book,
                    status);
            feed.readToEnd();
            feed.follow();
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    @Test
    void rulesOfTheTopicRunChangeAndEndWithAReasonInAllProcesses() throws Exception {
        String topic = "reload.rules";
        broker.createTopic(topic, 2, Map.of("cleanup.policy", "compact"));
        write(topic, "deep.yml", DEEP);
        write(topic, "steady.yml", STEADY);
        try (PipelineBench bench = new PipelineBench(broker, "reload", dir.resolve("reload"));
                Rules one = new Rules(topic);
                Rules two = new Rules(topic);
                PipelineStreams first = bench.start(PipelineBench.NEVER_IDLE, one.book, "first");
                PipelineStreams second = bench.start(PipelineBench.NEVER_IDLE, two.book, "second")) {
            sendUntil(bench, alert -> is(alert, "Deep", AlertState.FIRING));

            write(topic, "deep.yml", "groups: [{name: g, rules: [{alert: Deep, expr: 'queue_depth >'}]}]");
            await().atMost(PATIENCE).until(() -> !one.status.successful() && !two.status.successful());
            assertThat(one.status.faults().orElseThrow()).startsWith("deep.yml:1:");
            int before = bench.alerts().size();
            send(bench, 120);

            write(topic, "deep.yml", DEEPER);
            await().atMost(PATIENCE).until(() -> one.status.successful() && two.status.successful());
            sendUntil(bench, alert -> alert.getReason() == ResolveReason.RULE_CHANGED);
            assertThat(bench.alerts()).as("a bad set changes nothing").hasSizeGreaterThan(before);
            sendUntil(
                    bench,
                    alert -> is(alert, "Deep", AlertState.FIRING)
                            && alert.getExpression().equals("queue_depth > 6"));

            write(topic, "deep.yml", null);
            sendUntil(bench, alert -> alert.getReason() == ResolveReason.RULE_REMOVED);

            assertThat(of(bench, "Deep"))
                    .extracting(one1 -> one1.getState() + " " + one1.getReason())
                    .containsExactly(
                            "PENDING null",
                            "FIRING null",
                            "RESOLVED RULE_CHANGED",
                            "PENDING null",
                            "FIRING null",
                            "RESOLVED RULE_REMOVED");
            assertThat(of(bench, "Deep"))
                    .extracting(AlertTransition::getSequence)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(of(bench, "Steady"))
                    .extracting(AlertTransition::getState)
                    .containsExactly(AlertState.FIRING);
            assertThat(first.failure()).isEmpty();
            assertThat(second.failure()).isEmpty();
        }
    }

    @Test
    void alertsGoWithTheirGroupWhenItIsDividedOtherwise() throws Exception {
        String topic = "moved.rules";
        String undivided =
                rules("{alert: Steady, expr: queue_depth > 1}, {alert: Never, expr: absent(no_such_metric)}");
        assertThat(partition(undivided)).as("the alert moves").isNotEqualTo(partition(STEADY));
        broker.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        write(topic, "depth.yml", STEADY);
        try (PipelineBench bench = new PipelineBench(broker, "moved", dir.resolve("moved"));
                Rules one = new Rules(topic);
                Rules two = new Rules(topic);
                PipelineStreams first = bench.start(PipelineBench.NEVER_IDLE, one.book, "first");
                PipelineStreams second = bench.start(PipelineBench.NEVER_IDLE, two.book, "second")) {
            sendUntil(bench, alert -> is(alert, "Steady", AlertState.FIRING));
            write(topic, "depth.yml", undivided);
            sendUntil(bench, alert -> is(alert, "Never", AlertState.FIRING));
            write(topic, "depth.yml", STEADY);
            sendUntil(bench, alert -> is(alert, "Never", AlertState.RESOLVED));
            send(bench, 60);
            write(topic, "depth.yml", DEEP);
            sendUntil(bench, alert -> is(alert, "Steady", AlertState.RESOLVED));
            assertThat(of(bench, "Steady"))
                    .extracting(alert -> alert.getSequence() + " " + alert.getState() + " " + alert.getReason())
                    .containsExactly("1 FIRING null", "2 RESOLVED RULE_REMOVED");
            assertThat(first.failure()).isEmpty();
            assertThat(second.failure()).isEmpty();
        }
    }

    /** Where an alert on the depth of the queue is kept. */
    private static int partition(String rules) {
        return RuleSet.parse(Map.of("depth.yml", rules), Duration.ofSeconds(10), PipelineSettings.PANE)
                .placement("depth.yml/g")
                .orElseThrow()
                .partition(Map.of("service", Events.SERVICE), PipelineBench.PARTITIONS);
    }

    @Test
    void newRuleOverALongRangeKnowsTheTimeBeforeIt() throws Exception {
        String topic = "warm.rules";
        broker.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        try (PipelineBench bench = new PipelineBench(broker, "warm", dir.resolve("warm"));
                Rules one = new Rules(topic);
                PipelineStreams streams = bench.start(PipelineBench.NEVER_IDLE, one.book, "first")) {
            send(bench, 3_600);
            await().atMost(PATIENCE).until(() -> bench.aggregates().size() > 150);
            write(topic, "warm.yml", rules("{alert: Busy, expr: 'increase(requests_total[30m]) > 100'}"));
            await().atMost(PATIENCE)
                    .until(() -> one.book
                            .current()
                            .map(set -> !set.units().isEmpty())
                            .orElse(false));
            sendUntil(bench, alert -> is(alert, "Busy", AlertState.FIRING));
            // One request a second: the first tick sees 30 min of them, but for the minute in which they begin.
            assertThat(of(bench, "Busy").get(0).getValue()).isBetween(1_740.0, 1_800.0);
            assertThat(streams.failure()).isEmpty();
        }
    }

    @Test
    void processWithoutGoodRulesGoesOnWithThoseThatRanBefore() throws Exception {
        String topic = "kept.rules";
        broker.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        write(topic, "deep.yml", DEEP);
        try (PipelineBench bench = new PipelineBench(broker, "kept", dir.resolve("kept"))) {
            try (Rules one = new Rules(topic);
                    PipelineStreams streams = bench.start(PipelineBench.NEVER_IDLE, one.book, "first")) {
                sendUntil(bench, alert -> is(alert, "Deep", AlertState.PENDING));
                assertThat(streams.failure()).isEmpty();
            }
            write(topic, "deep.yml", "groups: 7");
            try (Rules one = new Rules(topic);
                    PipelineStreams streams = bench.start(PipelineBench.NEVER_IDLE, one.book, "first")) {
                assertThat(one.status.successful()).isFalse();
                sendUntil(bench, alert -> is(alert, "Deep", AlertState.FIRING));
                assertThat(streams.failure()).isEmpty();
            }
            assertThat(of(bench, "Deep"))
                    .extracting(AlertTransition::getState)
                    .containsExactly(AlertState.PENDING, AlertState.FIRING);
        }
    }

    @Test
    void processThatStartsKnowsTheSetsThatOthersMayStillRun() throws Exception {
        String topic = "past.rules";
        broker.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        for (String text : List.of(DEEP, "groups: 7", STEADY, DEEPER)) {
            write(topic, "deep.yml", text);
        }
        try (Rules one = new Rules(topic)) {
            assertThat(one.book.current().orElseThrow().texts()).containsOnly(Map.entry("deep.yml", DEEPER));
            for (String past : List.of(DEEP, STEADY)) {
                RuleSet set = RuleSet.parse(Map.of("deep.yml", past), Duration.ofSeconds(10), PipelineSettings.PANE);
                assertThat(one.book.find(set.id())).isPresent();
            }
            assertThat(one.status.successful()).isTrue();
        }
    }

    /** Lets time pass until there is such a transition. */
    private void sendUntil(PipelineBench bench, Predicate<AlertTransition> wanted) {
        await().atMost(PATIENCE).until(() -> {
            send(bench, 10);
            return bench.alerts().stream().anyMatch(wanted);
        });
    }

    /** One sample a second on every partition: a full clock. */
    private void send(PipelineBench bench, int seconds) throws Exception {
        for (int until = second + seconds; second < until; second++) {
            Instant time = base.plusSeconds(second);
            bench.send(0, Events.gauge(time, "queue_depth", 9));
            bench.send(1, Events.event(time, "requests_total", MetricKind.COUNT, 1, Map.of()));
            bench.send(2, Events.gauge(time, "clock_two", 1));
        }
        bench.flush();
    }

    private static void write(String topic, String name, @Nullable String text) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, name, text)).get();
        }
    }

    private static List<AlertTransition> of(PipelineBench bench, String alert) {
        return bench.alerts().stream()
                .filter(one -> one.getAlertname().equals(alert))
                .toList();
    }

    private static boolean is(AlertTransition alert, String name, AlertState state) {
        return alert.getAlertname().equals(name) && alert.getState() == state;
    }

    private static String rules(String rule) {
        return "groups: [{name: g, rules: [" + rule + "]}]";
    }
}
