package dev.weir.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.lint.Check;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void helpListsEveryCommand() {
        assertThat(run("--help")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString())
                .contains(
                        "demo",
                        "dev",
                        "run",
                        "produce",
                        "load",
                        "ack",
                        "check",
                        "explain",
                        "test",
                        "quantile",
                        "db",
                        "topology",
                        "version",
                        "Start here: weir demo");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "dev",
                "run",
                "produce",
                "load",
                "ack",
                "check",
                "check rules",
                "check config",
                "check schemas",
                "quantile",
                "db",
                "db migrate",
                "db status",
                "db rollback",
                "explain",
                "test",
                "test rules",
                "topology"
            })
    void everyCommandHasHelp(String command) {
        assertThat(run((command + " --help").split(" "))).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("Usage: weir " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "check",
                "run --roles",
                "produce",
                "produce --file - --rate fast",
                "produce --file - --rate 0/s",
                "demo --duration soon",
                "dev --port-base 80",
                "dev --port-base 65533",
                "load --scenario flood",
                "load --events -1",
                "check rules",
                "explain",
                "ack",
                "test",
                "test rules"
            })
    void wrongCommandLineIsUsage(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void unknownRoleListsTheRolesThatExist() {
        assertThat(run("run", "--roles", "stream,cook")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString())
                .contains("role is cook, must be one of incidents, notify, serve, sink, stream (--roles)");
    }

    @Test
    void rulesAreTested() throws IOException {
        Path good = Files.writeString(
                directory.resolve("good.yml"),
                "tests: [{promql_expr_test: [{expr: 1 + 1, exp_samples: [{labels: '{}', value: 2}]}]}]");
        Path bad = Files.writeString(
                directory.resolve("bad.yml"), "rule_files: [no*.yml]\ntests: [{promql_expr_test: [{expr: 1 + 1}]}]");
        assertThat(run("test", "rules", good.toString())).isEqualTo(ExitStatus.OK);
        assertThat(out.toString().lines()).containsExactly("Unit Testing:  " + good, "  SUCCESS", "");
        assertThat(err.toString()).isEmpty();
        assertThat(run("test", "rules", good.toString(), bad.toString())).isEqualTo(ExitStatus.INVALID);
        assertThat(err.toString().lines())
                .containsExactly(
                        "  WARNING: no file match pattern " + directory.resolve("no*.yml"),
                        "  FAILED:",
                        "    expr: \"1 + 1\", time: 0s,",
                        "        exp: nil",
                        "        got: {} 2E+00",
                        "");
    }

    @Test
    void invalidConfigurationPrintsAllFaultsAndExitsWithInvalid() throws IOException {
        Path file = Files.writeString(directory.resolve("weir.yml"), "time: {lateness: -5s}\nhttp: {port: x}\n");
        assertThat(run("check", "config", file.toString())).isEqualTo(ExitStatus.INVALID);
        assertThat(err.toString().lines())
                .containsExactlyInAnyOrder(
                        file + ":1:18: lateness is -5s, must be >= 0 (time.lateness)",
                        file + ":2:14: port is x, must be a whole number from 0 to 65535 (http.port)");
    }

    @Test
    void validConfigurationIsPrinted() throws IOException {
        Path file = Files.writeString(directory.resolve("weir.yml"), "store: {password: abc}\n");
        assertThat(run("check", "config", file.toString())).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("store.password: '********'  # " + file + ":1:19");
    }

    @Test
    void faultyRuleFileIsInvalidAndTheOthersAreStillRead() throws IOException {
        Path bad = Files.writeString(directory.resolve("bad.yml"), "groups:\n- name: g\n  rules:\n  - alert: A\n");
        Path good = Files.writeString(
                directory.resolve("good.yml"), "groups:\n- name: g\n  rules:\n  - {alert: A, expr: x == 0}\n");
        assertThat(run("check", "rules", bad.toString(), good.toString())).isEqualTo(ExitStatus.INVALID);
        assertThat(err.toString()).startsWith(bad + ":4:");
        assertThat(out.toString()).isEqualToIgnoringNewLines(good + ": 1 groups, 1 rules");
    }

    @Test
    void rulesThatCannotBeMeantAreFindings() throws IOException {
        Path file = Files.writeString(
                directory.resolve("odd.yml"),
                "groups:\n- name: g\n  rules:\n  - {alert: A, expr: 1 - cache_hit_rate < 0.7}\n");
        assertThat(run("check", "rules", file.toString())).isEqualTo(ExitStatus.LINT);
        assertThat(err.toString()).startsWith(file + ":4:22: inverted-ratio: A: ");
        assertThat(out.toString()).isEqualToIgnoringNewLines(file + ": 1 groups, 1 rules, 1 findings");
        Path bad = Files.writeString(directory.resolve("bad.yml"), "groups: 1\n");
        assertThat(run("check", "rules", file.toString(), bad.toString())).isEqualTo(ExitStatus.INVALID);
    }

    @Test
    void theConfigurationSaysWhereHistogramsEnd() throws IOException {
        Path config = Files.writeString(
                directory.resolve("weir.yml"), "metrics: [{name: x_seconds, sketch: {lowest: 0.001, highest: 10}}]\n");
        Path file = Files.writeString(directory.resolve("slow.yml"), """
                groups:
                - name: g
                  rules:
                  - {alert: A, expr: 'histogram_quantile(0.9, rate(x_seconds_bucket[5m])) > 12'}
                """);
        assertThat(run("check", "rules", file.toString())).isEqualTo(ExitStatus.OK);
        assertThat(run("check", "rules", "-c", config.toString(), file.toString()))
                .isEqualTo(ExitStatus.LINT);
        assertThat(err.toString()).contains("beyond-top-bucket");
    }

    @Test
    void helpOfCheckRulesNamesEveryCheck() {
        run("check", "rules", "--help");
        for (Check check : Check.values()) {
            assertThat(out.toString()).contains("  " + check.id() + "  ");
        }
    }

    @Test
    void explainWithoutABrokerSaysThatNoSeriesAreKnown() throws IOException {
        Path file = Files.writeString(
                directory.resolve("r.yml"),
                "groups:\n- name: g\n  rules:\n  - {alert: A, expr: 'sum by (a) (rate(x_total[5m])) > 1'}\n");
        assertThat(run("explain", file.toString())).isEqualTo(ExitStatus.OK);
        assertThat(out.toString())
                .contains("group r.yml/g: 1 rules every 1m", "shards  possible by a", "no series are known");
    }

    @Test
    void portThatIsTakenIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int base = taken.getLocalPort() - 1;
            Path data = directory.resolve("data");
            assertThat(run("dev", "--port-base", "" + base, "--data", data.toString()))
                    .isEqualTo(ExitStatus.INVALID);
            assertThat(err.toString()).contains((base + 1) + " (schema registry)", "--port-base");
            assertThat(data.resolve("kafka")).doesNotExist();
            assertThat(data.resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void versionNamesWeirAndJava() {
        assertThat(run("version")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).matches("weir \\d.* on Java .*\\R");
    }

    private int run(String... arguments) {
        CommandLine command = WeirCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
