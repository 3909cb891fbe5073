package dev.weir.app.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.app.config.ConfigReader;
import dev.weir.app.config.WeirConfig;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.topology.PipelineSettings;
import dev.weir.topology.ruleset.ReloadStatus;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleFeed;
import dev.weir.topology.ruleset.RuleSet;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Rule files on disk, the rules topic and what a process then knows. */
final class RuleFileWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ONE = "groups: [{name: g, rules: [{alert: A, expr: 'm > 1'}]}]";
    private static final String OTHER = "groups: [{name: g, rules: [{alert: A, expr: 'm > 2'}]}]";
    private static final String BAD = "groups:\n  - name: g\n    rules: [{alert: A, expr: 'm >'}]";

    @TempDir
    private static Path brokerDir;

    private static EmbeddedBroker broker;

    @TempDir
    private Path dir;

    private final RuleBook book = new RuleBook();
    private final ReloadStatus status = new ReloadStatus(InstantSource.system());
    private String topic;
    private RuleFeed feed;
    private RuleFileWatch watch;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(brokerDir.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        broker.createTopic(topic, 2, Map.of("cleanup.policy", "compact"));
        feed = new RuleFeed(kafka(), topic, RuleFileWatchIT::parse, book, status);
        watch = watch();
    }

    @AfterEach
    void stop() {
        watch.close();
        feed.close();
    }

    @Test
    void filesOnDiskAreTheRulesAndFollowTheDisk() throws Exception {
        write("a.yml", ONE);
        write("b.yml", ONE);
        look();
        assertThat(texts()).containsOnly(Map.entry("a.yml", ONE), Map.entry("b.yml", ONE));
        write("a.yml", OTHER);
        look();
        assertThat(texts()).containsEntry("a.yml", OTHER);
        Files.delete(dir.resolve("b.yml"));
        look();
        assertThat(texts()).containsOnlyKeys("a.yml");
        assertThat(status.successful()).isTrue();
        assertThat(status.lastSuccess()).isPresent();
    }

    @Test
    void badFileChangesNothingAndIsTold() throws Exception {
        write("a.yml", ONE);
        look();
        write("a.yml", BAD);
        write("b.yml", OTHER);
        look();
        assertThat(texts()).containsOnly(Map.entry("a.yml", ONE));
        assertThat(status.successful()).isFalse();
        assertThat(status.faults().orElseThrow()).startsWith("a.yml:3:");
        Files.delete(dir.resolve("a.yml"));
        look();
        assertThat(texts()).containsOnly(Map.entry("b.yml", OTHER));
        assertThat(status.successful()).isTrue();
    }

    @Test
    void processThatStartsLaterFindsNothingToChange() throws Exception {
        write("a.yml", ONE);
        look();
        long before = book.current().orElseThrow().id();
        watch.close();
        watch = watch();
        look();
        assertThat(feed.entries()).containsOnlyKeys("a.yml");
        assertThat(book.current().orElseThrow().id()).isEqualTo(before);
    }

    @Test
    void whatWasWrittenByHandStaysAlsoWhereAFileHasItsName() throws Exception {
        send("a.yml", OTHER);
        send("by-hand.yml", ONE);
        feed.readToEnd();
        write("a.yml", ONE);
        look();
        assertThat(texts()).containsOnly(Map.entry("a.yml", OTHER), Map.entry("by-hand.yml", ONE));
    }

    @Test
    void metricsSayWhetherTheLastReadingOfRulesWasGood() throws Exception {
        String prefix = topic;
        broker.createTopic(prefix + ".rules", 1, Map.of("cleanup.policy", "compact"));
        WeirConfig config = new ConfigReader(Map.of())
                .read(
                        Optional.empty(),
                        Map.of("kafka.bootstrap.servers", broker.bootstrapServers(), "topics.prefix", prefix))
                .config();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (RuleReload reload = new RuleReload(config, new RuleFiles(dir, List.of("*.yml")), book)) {
            reload.meters().bindTo(metrics);
            write("a.yml", ONE);
            reload.start();
            assertThat(metrics.scrape()).contains("weir_config_last_reload_successful 1.0\n");
            double first = timestamp(metrics);
            assertThat(first).isPositive();

            write("a.yml", BAD);
            await().atMost(PATIENCE).until(() -> metrics.scrape().contains("weir_config_last_reload_successful 0.0\n"));
            assertThat(timestamp(metrics)).isEqualTo(first);

            write("a.yml", OTHER);
            await().atMost(PATIENCE).until(() -> metrics.scrape().contains("weir_config_last_reload_successful 1.0\n"));
            await().atMost(PATIENCE).until(() -> timestamp(metrics) > first);
            assertThat(texts()).containsEntry("a.yml", OTHER);
        }
    }

    private static double timestamp(PrometheusMeterRegistry metrics) {
        return metrics.get("weir.config.last.reload.success.timestamp.seconds")
                .gauge()
                .value();
    }

    private static RuleSet parse(Map<String, String> texts) {
        return RuleSet.parse(texts, Duration.ofSeconds(10), PipelineSettings.PANE);
    }

    private RuleFileWatch watch() {
        return new RuleFileWatch(
                new RuleFiles(dir, List.of("*.yml")),
                RuleFileWatchIT::parse,
                feed,
                new RuleTopicWriter(kafka(), topic),
                status);
    }

    private void look() {
        feed.readToEnd();
        watch.look();
        do {
            feed.readToEnd();
        } while (!watch.isReadBack());
    }

    private Map<String, String> texts() {
        return book.current().orElseThrow().texts();
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(dir.resolve(name), text);
    }

    private void send(String name, String text) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, name, text)).get();
        }
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
