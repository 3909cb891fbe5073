package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerting.incident.EscalationLevel;
import dev.weir.alerting.incident.IncidentPolicy;
import dev.weir.alerting.lifecycle.RuleBounds;
import dev.weir.alerting.template.External;
import dev.weir.notify.Credentials;
import dev.weir.notify.NotifySettings;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.TimeSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
    @TempDir
    private Path directory;

    @Test
    void defaultsAreThoseOfTheDesign() {
        WeirConfig config = new ConfigReader(Map.of("XDG_DATA_HOME", "/data"))
                .read(Optional.empty(), Map.of())
                .config();
        assertThat(config.time())
                .isEqualTo(new TimeSettings(
                        Duration.ofSeconds(2), Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofSeconds(15)));
        assertThat(config.limits()).isEqualTo(new EventLimits(32, 128, 256, 1 << 20, 10_000, 1 << 16));
        assertThat(config.topics().name("events")).isEqualTo("weir.events");
        assertThat(config.stream().guarantee()).isEqualTo(StreamSettings.Guarantee.EXACTLY_ONCE_V2);
        assertThat(config.stream().stateDir()).isEqualTo(Path.of("/data/weir/state"));
        assertThat(config.rules())
                .isEqualTo(new RuleSettings(List.of(), Duration.ofMinutes(1), EvaluatorSettings.DEFAULTS));
    }

    @Test
    void flagBeatsEnvironmentBeatsFileBeatsDefault() throws IOException {
        Path file = file("time: {lateness: 3s, idle: 20s, max-future: 2m}\n");
        Map<String, String> environment = Map.of("WEIR_TIME_LATENESS", "4s", "WEIR_TIME_IDLE", "25s");
        TimeSettings time = new ConfigReader(environment)
                .read(Optional.of(file), Map.of("time.lateness", "5s"))
                .config()
                .time();
        assertThat(time)
                .isEqualTo(new TimeSettings(
                        Duration.ofSeconds(5), Duration.ofHours(24), Duration.ofMinutes(2), Duration.ofSeconds(25)));
    }

    @Test
    void kafkaAndRegistryKeysPassThroughFromFileAndEnvironment() throws IOException {
        Path file = file("""
                kafka:
                  security.protocol: SASL_SSL
                  ssl: {truststore.location: /t}
                schema.registry:
                  url: http://r
                  auto.register.schemas: false
                """);
        WeirConfig config = new ConfigReader(
                        Map.of("WEIR_KAFKA_BOOTSTRAP_SERVERS", "b:1", "WEIR_KAFKA_CLIENT_ID", "me"))
                .read(Optional.of(file), Map.of())
                .config();
        assertThat(config.kafka().properties())
                .containsOnly(
                        Map.entry("bootstrap.servers", "b:1"),
                        Map.entry("client.id", "me"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("ssl.truststore.location", "/t"));
        assertThat(config.schemaRegistry().serdeProperties())
                .containsEntry("schema.registry.url", "http://r")
                .containsEntry("auto.register.schemas", "false");
    }

    @Test
    void secretIsReadFromAFileAndNeverPrinted() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "s3cret\n");
        Path file = file("""
                kafka:
                  sasl.jaas.config: 'x required password="s3cret";'
                store:
                  url: jdbc:postgresql://db/weir?password=s3cret
                schema.registry: {url: "http://user:s3cret@r", basic.auth.user.info: "user:s3cret"}
                """);
        ConfigReader.Result result = new ConfigReader(Map.of("WEIR_STORE_PASSWORD_FILE", password.toString()))
                .read(Optional.of(file), Map.of());
        assertThat(result.config().store().password().value()).isEqualTo("s3cret");
        assertThat(result.config().toString()).doesNotContain("s3cret");
        assertThat(result.printable())
                .doesNotContain("s3cret")
                .contains("store.password: '********'  # WEIR_STORE_PASSWORD_FILE=" + password)
                .contains("time.lateness: 2s  # default");
    }

    @Test
    void printedConfigurationReadsBackToTheSame() throws IOException {
        Path file = file("""
                rules: {files: [a.yml, 'b/*.yml']}
                topics: {prefix: x, replication: 3}
                kafka: {a: '*'}
                metrics: [{name: a, deduplicate: 10m}, {name: b, sketch: {lowest: 0.001, highest: 1e6}}]
                """);
        ConfigReader reader = new ConfigReader(Map.of("XDG_DATA_HOME", "/data"));
        ConfigReader.Result first = reader.read(Optional.of(file), Map.of());
        Path printed = Files.writeString(directory.resolve("printed.yml"), first.printable());
        assertThat(reader.read(Optional.of(printed), Map.of()).config()).isEqualTo(first.config());
    }

    @Test
    void metricsAreReadWithTheirRangesAndWindows() throws IOException {
        Path file = file("""
                limits: {series-per-service: 10, series: 20, partials: 30}
                metrics:
                  - name: a_seconds
                    sketch: {lowest: 0.001, highest: 60, digits: 3}
                  - name: a_total
                    deduplicate: 10m
                """);
        ConfigReader.Result result = new ConfigReader(Map.of()).read(Optional.of(file), Map.of());
        WeirConfig config = result.config();
        assertThat(config.seriesLimits()).isEqualTo(new SeriesLimits(10, 20, 30));
        assertThat(config.metrics().range("a_seconds", "ms")).isEqualTo(SketchRange.between(0.001, 60, 3));
        assertThat(config.metrics().range("a_total", "s")).isEqualTo(SketchRange.of("a_total", "s"));
        assertThat(config.metrics().deduplication("a_total")).contains(Duration.ofMinutes(10));
        assertThat(config.metrics().deduplication("a_seconds")).isEmpty();
        assertThat(result.printable())
                .contains("metrics[0].name: a_seconds  # " + file + ":3:11\n")
                .contains("metrics[1].deduplicate: 10m  # ");
    }

    @Test
    void withoutSettingsAllMetricsHaveTheDefaults() {
        WeirConfig config =
                new ConfigReader(Map.of()).read(Optional.empty(), Map.of()).config();
        assertThat(config.metrics()).isEqualTo(MetricCatalog.DEFAULTS);
        assertThat(config.seriesLimits()).isEqualTo(new SeriesLimits(100_000, 1_000_000, 200_000));
    }

    @Test
    void notifierIsPrometheusOwnUnlessSetAndItsSecretComesFromAFile() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
        Map<String, String> environment = Map.of(
                "WEIR_NOTIFY_ALERTMANAGERS", "http://a:9093,https://b/prefix",
                "WEIR_NOTIFY_BEARER_TOKEN_FILE", token.toString(),
                "WEIR_RULES_EXTERNAL_LABELS_DATA_CENTER", "west");
        ConfigReader.Result result = new ConfigReader(environment).read(Optional.empty(), Map.of());
        assertThat(result.config().notifier())
                .contains(new NotifySettings(
                        "weir.alerts.state",
                        "weir.aggregates",
                        List.of(URI.create("http://a:9093"), URI.create("https://b/prefix")),
                        new Credentials.Bearer("s3cret"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10),
                        10_000,
                        Duration.ofMinutes(5),
                        new TreeMap<>(Map.of("data_center", "west")),
                        ""));
        assertThat(result.printable() + result.config()).doesNotContain("s3cret");
    }

    @Test
    void rulesAreEvaluatedAsSetAndTheNotifierTellsTheSameLabels() throws IOException {
        Path file = file("""
                rules:
                  external-labels: {cluster: 'west, north', _r: ''}
                  external-url: https://prometheus.example/weir/
                  bounds: {alerts: 5, ended-alerts: 6, series: 7, text: 8}
                notify: {alertmanagers: ['http://a:9093']}
                """);
        ConfigReader.Result result = new ConfigReader(Map.of()).read(Optional.of(file), Map.of());
        External external = result.config().rules().evaluator().external();
        assertThat(external.labels()).containsOnly(Map.entry("cluster", "west, north"), Map.entry("_r", ""));
        assertThat(external.url()).isEqualTo("https://prometheus.example/weir");
        assertThat(result.config().rules().evaluator().bounds()).isEqualTo(new RuleBounds(5, 6, 7, 8));
        NotifySettings notifier = result.config().notifier().orElseThrow();
        assertThat(notifier.externalLabels()).isEqualTo(external.labels());
        assertThat(notifier.generatorUrl())
                .isEqualTo("https://prometheus.example/weir/graph?g0.expr={expression}&g0.tab=1");
        assertThat(result.printable()).contains("rules.external-labels.cluster: 'west, north'  # " + file + ":2:30\n");

        ConfigReader.Result own = new ConfigReader(Map.of("WEIR_NOTIFY_GENERATOR_URL", "https://g/{expression}"))
                .read(Optional.of(file), Map.of());
        assertThat(own.config().notifier().orElseThrow().generatorUrl()).isEqualTo("https://g/{expression}");
    }

    @Test
    void withoutAnAlertmanagerThereIsNoNotifier() {
        assertThat(new ConfigReader(Map.of())
                        .read(Optional.empty(), Map.of())
                        .config()
                        .notifier())
                .isEmpty();
    }

    @Test
    void incidentsAreThoseOfTheDocumentUnlessSet() throws IOException {
        assertThat(new ConfigReader(Map.of())
                        .read(Optional.empty(), Map.of())
                        .config()
                        .incidents())
                .isEqualTo(IncidentPolicy.DEFAULTS);
        Path file = file("""
                incidents:
                  similar: {labels: [service], most: 3, window: 30m}
                  related: {labels: [cluster], window: 1m, services: {api: [db, cache], web: api}}
                  levels: [{name: low, after: 1h}, {name: high}]
                """);
        ConfigReader reader = new ConfigReader(Map.of());
        ConfigReader.Result result = reader.read(Optional.of(file), Map.of());
        assertThat(result.config().incidents())
                .isEqualTo(new IncidentPolicy(
                        List.of("service"),
                        3,
                        Duration.ofMinutes(30),
                        List.of("cluster"),
                        Map.of("api", Set.of("db", "cache"), "web", Set.of("api")),
                        Duration.ofMinutes(1),
                        List.of(
                                new EscalationLevel("low", Optional.of(Duration.ofHours(1))),
                                new EscalationLevel("high", Optional.empty()))));
        Path printed = Files.writeString(directory.resolve("printed.yml"), result.printable());
        assertThat(reader.read(Optional.of(printed), Map.of()).config().incidents())
                .isEqualTo(result.config().incidents());
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("weir.yml"), yaml);
    }
}
