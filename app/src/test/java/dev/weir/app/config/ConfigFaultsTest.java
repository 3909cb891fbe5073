package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFaultsTest {
    @TempDir
    private Path directory;

    @Test
    void allFaultsAreReportedTogetherEachWithItsPlace() throws IOException {
        assertThat(faults("""
                time:
                  lateness: -5s
                  idle: soon
                limits:
                  labels: many
                http: {host: localhost, port: 70000}
                stream:
                  guarantee: at_most_once
                  treads: 3
                kafka:
                  bootstrap.servers: broker:9092
                  anything.goes: 1
                """))
                .containsExactlyInAnyOrder(
                        "weir.yml:2:13: lateness is -5s, must be >= 0 (time.lateness)",
                        "weir.yml:3:9: idle is soon, must be a duration such as 10s or 1h30m (time.idle)",
                        "weir.yml:5:11: labels is many, must be a whole number from 1 to 256 (limits.labels)",
                        "weir.yml:6:31: port is 70000, must be from 0 to 65535 (http.port)",
                        "weir.yml:8:14: guarantee is at_most_once, must be one of exactly_once_v2, at_least_once"
                                + " (stream.guarantee)",
                        "weir.yml:9:11: unknown key stream.treads, did you mean stream.threads?");
    }

    @Test
    void keyGivenTwiceIsAFaultInEitherForm() throws IOException {
        assertThat(faults("topics:\n  prefix: a\ntopics.prefix: b\n"))
                .containsExactly("weir.yml:3:1: topics.prefix is given twice, first at weir.yml:2:11");
    }

    @Test
    void brokenYamlIsOneFaultWithItsPlace() throws IOException {
        assertThat(faults("time: {lateness: 2s\n"))
                .singleElement()
                .asString()
                .startsWith("weir.yml:2:1: is not YAML: ");
    }

    @Test
    void listWhereOneValueIsMeantIsAFault() throws IOException {
        assertThat(faults("http:\n  port: [1, 2]\n"))
                .containsExactly("weir.yml:2:3: port is a list, must be a single value (http.port)");
    }

    @Test
    void emptyValueIsAFault() throws IOException {
        assertThat(faults("store:\n  user:\n"))
                .containsExactly("weir.yml:2:3: user is empty, must be a single value (store.user)");
    }

    @Test
    void retentionOfTheStoreIsInWholeDaysAndDaysAreKeptAsLongAsHours() throws IOException {
        assertThat(faults("""
                        store:
                          retention: {raw: 36h, hourly: 400d, events: 0s}
                          time-zone: Asia/Kolkata
                        """))
                .containsExactlyInAnyOrder(
                        "weir.yml:2:20: raw is 1d12h, must be whole days, such as 30d (store.retention.raw)",
                        "default: daily is 365d, must be >= retention.hourly, 400d (store.retention.daily)",
                        "weir.yml:2:47: events is 0s, must be >= 1d (store.retention.events)",
                        "weir.yml:3:14: time-zone is Asia/Kolkata, must be a time zone whose offsets are whole hours,"
                                + " such as UTC or Europe/Berlin (store.time-zone)");
    }

    @Test
    void retentionBelowLatenessIsAFault() throws IOException {
        assertThat(faults("stream: {commit-interval: 2s, backlog-commit-interval: 1s}\n"))
                .containsExactly(
                        "weir.yml:1:56: backlog-commit-interval is 1s, must be >= stream.commit-interval, which"
                                + " is 2s (stream.backlog-commit-interval)");
        assertThat(faults("time: {lateness: 1m, late-retention: 30s}\n"))
                .containsExactly("weir.yml:1:38: late-retention is 30s, must be >= time.lateness, which is 1m"
                        + " (time.late-retention)");
    }

    @Test
    void everyFaultOfAMetricHasItsPlace() throws IOException {
        assertThat(faults("""
                metrics:
                  - name: a-b
                    deduplicate: 500ms
                  - sketch: {lowest: 1}
                  - name: m
                  - {name: n, sketch: {lowest: x, highest: 2, digits: 6}}
                  - {name: o, sketch: {lowest: 0, highest: 2}}
                  - {name: p, sketch: {lowest: 1, highest: 1.0}}
                  - {name: p, deduplicate: 25h, range: 3}
                  - {}
                """))
                .containsExactlyInAnyOrder(
                        "weir.yml:2:11: name is a-b, must match [a-zA-Z_:][a-zA-Z0-9_:]* (metrics[0].name)",
                        "weir.yml:3:18: deduplicate is 500ms, must be >= 1s (metrics[0].deduplicate)",
                        "weir.yml:4:22: metrics[1] has no name, must have the name of a metric",
                        "weir.yml:4:22: metrics[1] has no sketch.highest, must have the number",
                        "weir.yml:5:11: metrics[2] has no setting, must have sketch or deduplicate",
                        "weir.yml:6:32: lowest is x, must be a number (metrics[3].sketch.lowest)",
                        "weir.yml:6:55: digits is 6, must be from 1 to 5 (metrics[3].sketch.digits)",
                        "weir.yml:7:32: lowest is 0.0, must be > 0 with a finite reciprocal (metrics[4].sketch.lowest)",
                        "weir.yml:8:44: highest is 1.0, must be finite and at least twice the lowest 1.0"
                                + " (metrics[5].sketch.highest)",
                        "weir.yml:9:12: name is p, which is that of metrics[5] (metrics[6].name)",
                        "weir.yml:9:28: deduplicate is 1d1h, must be <= 1d (metrics[6].deduplicate)",
                        "weir.yml:9:40: unknown key metrics[6].range, did you mean metrics[6].name?",
                        "weir.yml:10:5: metrics[7] is no mapping with keys, must be one");
    }

    @Test
    void everyFaultOfARawMetricHasItsPlace() throws IOException {
        assertThat(faults("""
                store:
                  raw:
                    metrics:
                      - {name: a*b, sample: 0.5}
                      - {name: a, sample: 0}
                      - {sample: x}
                """))
                .containsExactlyInAnyOrder(
                        "weir.yml:4:16: name is a*b, must match [a-zA-Z_:][a-zA-Z0-9_:]*\\*? (store.raw.metrics[0].name)",
                        "weir.yml:5:27: sample is 0.0, must be > 0 and <= 1 (store.raw.metrics[1].sample)",
                        "weir.yml:6:18: store.raw.metrics[2] has no name, must have the name of a metric",
                        "weir.yml:6:18: sample is x, must be a number (store.raw.metrics[2].sample)");
        assertThat(faults("store: {raw: {metrics: [a, b c]}}\n"))
                .containsExactly(
                        "weir.yml:1:15: metrics is b c, must match [a-zA-Z_:][a-zA-Z0-9_:]*\\*? (store.raw.metrics)");
    }

    @Test
    void metricsMustBeMappings() throws IOException {
        assertThat(faults("metrics: [a, b]\n"))
                .containsExactly("weir.yml:1:1: metrics holds texts, must hold mappings with name and sketch or"
                        + " deduplicate (metrics)");
    }

    @Test
    void everyFaultOfTheNotifierHasItsPlace() throws IOException {
        assertThat(faults("""
                notify:
                  alertmanagers: [alertmanager:9093, "http://user:pass@a:9093"]
                  user: weir
                  bearer-token: abc
                  resend: 500ms
                  timeout: 0s
                  queue-capacity: 0
                rules:
                  external-labels: {data-center: west, _a1: x}
                  external-url: prometheus.example
                  bounds: {alerts: 0, series: 10000001, text: 65537, ended-alerts: none}
                """))
                .containsExactlyInAnyOrder(
                        "weir.yml:2:3: alertmanagers holds alertmanager:9093, must hold addresses such as"
                                + " http://alertmanager:9093, without user and query (notify.alertmanagers)",
                        "weir.yml:2:3: alertmanagers holds http://********@a:9093, must hold addresses such as"
                                + " http://alertmanager:9093, without user and query (notify.alertmanagers)",
                        "weir.yml:4:17: bearer-token is given beside notify.user, must be one of the two"
                                + " (notify.bearer-token)",
                        "weir.yml:5:11: resend is 500ms, must be >= 1s (notify.resend)",
                        "weir.yml:6:12: timeout is 0s, must be >= 100ms (notify.timeout)",
                        "weir.yml:7:19: queue-capacity is 0, must be from 1 to 1000000 (notify.queue-capacity)",
                        "weir.yml:9:34: data-center is the name of a label, must match [a-zA-Z_][a-zA-Z0-9_]*"
                                + " (rules.external-labels.data-center)",
                        "weir.yml:10:17: external-url is prometheus.example, must be an address such as"
                                + " https://prometheus.example/path, without user and query (rules.external-url)",
                        "weir.yml:11:20: alerts is 0, must be from 1 to 10000000 (rules.bounds.alerts)",
                        "weir.yml:11:31: series is 10000001, must be from 1 to 10000000 (rules.bounds.series)",
                        "weir.yml:11:47: text is 65537, must be from 1 to 65536 (rules.bounds.text)",
                        "weir.yml:11:68: ended-alerts is none, must be a whole number from 1 to 10000000"
                                + " (rules.bounds.ended-alerts)");
    }

    @Test
    void everyFaultOfTheIncidentsHasItsPlace() throws IOException {
        assertThat(faults("""
                incidents:
                  similar: {most: 0, window: 0s}
                  related: {window: soon}
                  levels:
                    - {name: warning}
                    - {name: critical, after: 10m}
                    - {name: critical, after: 5m}
                    - {after: 5m}
                    - {name: top, after: 1m}
                """))
                .containsExactlyInAnyOrder(
                        "weir.yml:2:19: most is 0, must be from 1 to 1000 (incidents.similar.most)",
                        "weir.yml:2:30: window is 0s, must be >= 1s (incidents.similar.window)",
                        "weir.yml:3:21: window is soon, must be a duration such as 10s or 1h30m"
                                + " (incidents.related.window)",
                        "weir.yml:5:14: incidents.levels[0] has no after, must have the time after which the next"
                                + " level is reached",
                        "weir.yml:7:14: name is critical, which is that of incidents.levels[1]"
                                + " (incidents.levels[2].name)",
                        "weir.yml:8:15: incidents.levels[3] has no name, must have the name of a level",
                        "weir.yml:9:26: after is 1m, must not be there: no level follows (incidents.levels[4].after)");
    }

    @Test
    void levelsMustBeMappings() throws IOException {
        assertThat(faults("incidents: {levels: [warning, critical]}\n"))
                .containsExactly("weir.yml:1:13: levels holds texts, must hold mappings with name and after"
                        + " (incidents.levels)");
    }

    @Test
    void passwordWithoutAUserIsAFault() throws IOException {
        assertThat(faults("notify: {alertmanagers: ['http://a:9093'], password: x}\n"))
                .containsExactly("weir.yml:1:54: password is given without notify.user (notify.password)");
    }

    @Test
    void missingFileIsAFault() {
        assertThatThrownBy(() -> new ConfigReader(Map.of()).read(Optional.of(directory.resolve("no.yml")), Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith("no.yml: file is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "limits.labels, 1, 256, 0, 257",
        "limits.name-length, 1, 1024, 0, 1025",
        "limits.batch-size, 1, 100000, 0, 100001",
        "limits.series-per-service, 1, 10000000, 0, 10000001",
        "limits.series, 1, 10000000, 0, 10000001",
        "limits.partials, 1, 10000000, 0, 10000001",
        "limits.record-bytes, 1KiB, 64MiB, 1023, 67108865",
        "limits.rejected-original-bytes, 1, 1MiB, 0, 1048577",
        "stream.threads, 1, 64, 0, 65",
        "http.port, 0, 65535, -1, 65536",
        "topics.partitions, 1, 10000, 0, 10001"
    })
    void limitHoldsAtItsEndsAndNotBeyond(String key, String least, String most, String below, String above) {
        ConfigReader reader = new ConfigReader(Map.of());
        assertThat(reader.read(Optional.empty(), Map.of(key, least))).isNotNull();
        assertThat(reader.read(Optional.empty(), Map.of(key, most))).isNotNull();
        for (String wrong : List.of(below, above)) {
            assertThatThrownBy(() -> reader.read(Optional.empty(), Map.of(key, wrong)))
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining(" is " + wrong + ", must be from ")
                    .hasMessageContaining("(" + key + ")");
        }
    }

    @Test
    void misspelledVariableOfOurSectionsIsAFaultAndForeignOnesAreNot() {
        Map<String, String> environment =
                Map.of("WEIR_TIME_LATENES", "1s", "WEIR_SERVICE_HOST", "10.0.0.1", "WEIR_JAVA_OPTS", "-Xmx1g");
        assertThatThrownBy(() -> new ConfigReader(environment).read(Optional.empty(), Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("WEIR_TIME_LATENES: is no setting of Weir's");
    }

    @Test
    void secretFileBesideItsVariableIsAFault() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "x");
        Map<String, String> environment =
                Map.of("WEIR_STORE_PASSWORD", "y", "WEIR_STORE_PASSWORD_FILE", file.toString());
        assertThatThrownBy(() -> new ConfigReader(environment).read(Optional.empty(), Map.of()))
                .hasMessage(
                        "WEIR_STORE_PASSWORD_FILE: is given beside WEIR_STORE_PASSWORD, must be only one of the two");
    }

    private List<String> faults(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("weir.yml"), yaml);
        InvalidConfigException refusal = catchThrowableOfType(
                InvalidConfigException.class, () -> new ConfigReader(Map.of()).read(Optional.of(file), Map.of()));
        return refusal.faults().stream()
                .map(fault -> fault.toString().replace(directory + "/", ""))
                .toList();
    }
}
