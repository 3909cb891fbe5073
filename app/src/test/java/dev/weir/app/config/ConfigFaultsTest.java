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
    void retentionBelowLatenessIsAFault() throws IOException {
        assertThat(faults("time: {lateness: 1m, late-retention: 30s}\n"))
                .containsExactly("weir.yml:1:38: late-retention is 30s, must be >= time.lateness, which is 1m"
                        + " (time.late-retention)");
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
