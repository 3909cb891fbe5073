package dev.weir.app.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.lint.MetricFacts;
import dev.weir.alerting.unittest.UnitTest;
import dev.weir.topology.ruleset.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rule packs that come with Weir, as Weir and as Prometheus' own tool read them. */
final class RulePacksIT {
    private static final Path RULES = Path.of("..", "rules");
    private static final Path TESTS = RULES.resolve("tests");
    private static final int TIMEOUT_S = 60;

    @Test
    void everyPackLoads() throws IOException {
        List<Path> packs = files(RULES, ".yml");
        assertThat(packs).hasSizeGreaterThanOrEqualTo(5);
        RuleSet rules = LoadedRules.read(packs, Duration.ofMinutes(1));
        assertThat(rules.texts()).hasSameSizeAs(packs);
        assertThat(rules.units()).hasSizeGreaterThanOrEqualTo(packs.size());
    }

    @Test
    void promtoolPassesEveryTest() throws Exception {
        for (Path pack : files(RULES, ".yml")) {
            String name = String.valueOf(pack.getFileName()).replace(".yml", "_test.yml");
            assertThat(RULES.resolve("tests").resolve(name)).exists();
        }
        promtool("check", "rules", files(RULES, ".yml"));
        promtool("test", "rules", files(TESTS, "_test.yml"));
    }

    @Test
    void weirPassesEveryTest() throws IOException {
        assertThat(files(TESTS, "_test.yml"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(UnitTest.run(file))
                        .as(file.toString())
                        .isEqualTo(new UnitTest.Result(List.of(), List.of())));
    }

    @Test
    void nothingInThePacksIsSuspicious() throws IOException {
        StringWriter findings = new StringWriter();
        PrintWriter printed = new PrintWriter(findings);

        RuleCheck.Outcome outcome =
                RuleCheck.check(files(RULES, ".yml"), Duration.ofMinutes(1), MetricFacts.OF_NAMES, printed, printed);

        assertThat(outcome).as(findings.toString()).isEqualTo(RuleCheck.Outcome.GOOD);
    }

    private static void promtool(String verb, String what, List<Path> files) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool", verb, what));
        files.forEach(file -> command.add(file.toString()));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new AssertionError("promtool is missing, install Debian's package prometheus", missing);
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
