package dev.weir.alerting.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleLocations;
import dev.weir.sketch.SketchRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the test files says in a comment, {@code # finds: check, …}, what is found in it. */
final class LintTest {
    private static final Path PACKS = Path.of("../rules");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "originals/aiqleads.yml",
                "originals/chatdb.yml",
                "originals/pyairtable.yml",
                "originals/lakehouse.yml",
                "checks.yml"
            })
    void eachRuleHasTheFindingsThatItNames(String file) throws IOException {
        String yaml = resource(file);
        RuleFile rules = parse(file, yaml);
        List<String> expected = new ArrayList<>();
        RuleLocations locations = RuleLocations.of(yaml);
        for (int group = 0; group < rules.groups().size(); group++) {
            for (int i = 0; i < rules.groups().get(group).rules().size(); i++) {
                String name = rules.groups().get(group).rules().get(i).name();
                expectedChecks(locations.rule(group, i).lines()).forEach(check -> expected.add(name + ": " + check));
            }
        }
        assertThat(lint(file, yaml, MetricFacts.OF_NAMES))
                .extracting(finding -> finding.rule() + ": " + finding.check().id())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("packs")
    void ourOwnPacksHaveNoFinding(Path pack) throws IOException {
        assertThat(lint(pack.toString(), Files.readString(pack), MetricFacts.OF_NAMES))
                .isEmpty();
    }

    static Stream<Path> packs() throws IOException {
        try (Stream<Path> files = Files.list(PACKS)) {
            return files
                    .filter(file -> file.toString().endsWith(".yml") && !file.endsWith("kustomization.yaml"))
                    .toList()
                    .stream();
        }
    }

    @Test
    void aFindingSaysWhereWhatWhyAndWhatInstead() {
        String yaml = """
                groups:
                  - name: g
                    rules:
                      - alert: A
                        expr: |
                          up > 1 or
                            1 - cache_hit_rate < 0.7
                        annotations:
                          summary: "down to
                            {{ $value }}%"
                """;
        assertThat(lint("f.yml", yaml, MetricFacts.OF_NAMES))
                .extracting(Finding::toString)
                .containsExactly("""
                        f.yml:7:13: inverted-ratio: A: 1 - cache_hit_rate < 0.7 holds while all is well
                            the value is a share of what goes wrong, and the alert is raised while it is low
                            instead: cache_hit_rate < 0.7, or 1 - cache_hit_rate > …""", """
                        f.yml:10:13: percent-sign: A: {{ $value }} in summary is a share from 0 to 1 with a percent sign
                            87 % are shown as 0.87%
                            instead: {{ $value | humanizePercentage }}""");
    }

    @Test
    void commentThatNamesNoCheckIsAFinding() {
        String yaml = """
                groups:
                  - name: g
                    rules:
                      # weir:ignore lifetime-count, percent-sign
                      - alert: A
                        expr: up > 1 # weir:ignore
                      # weir:ignore percent-sign because it is one
                      - {alert: B, expr: up > 2}
                """;
        assertThat(lint("f.yml", yaml, MetricFacts.OF_NAMES))
                .extracting(finding -> finding.toString().lines().findFirst().orElseThrow())
                .containsExactly(
                        "f.yml:4:7: unknown-check: A: weir:ignore names lifetime-count, which is no check",
                        "f.yml:6:22: unknown-check: A: weir:ignore names no check");
    }

    @Test
    void theConfiguredRangeOfAMetricDecidesWhereItsHistogramEnds() {
        String yaml = "groups: [{name: g, rules: [{alert: A,"
                + " expr: 'histogram_quantile(0.9, rate(x_seconds_bucket[5m])) > 12'}]}]";
        MetricFacts facts = new MetricFacts(Map.of("x_seconds", SketchRange.between(0.001, 10, 2)));
        assertThat(lint("f.yml", yaml, facts)).extracting(Finding::check).containsExactly(Check.BEYOND_TOP_BUCKET);
        assertThat(lint("f.yml", yaml, MetricFacts.OF_NAMES)).isEmpty();
    }

    private static List<String> expectedChecks(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith("# finds: "))
                .flatMap(line ->
                        Arrays.stream(line.substring("# finds: ".length()).split(", ", -1)))
                .toList();
    }

    private static List<Finding> lint(String name, String yaml, MetricFacts facts) {
        return new Lint(facts).check(parse(name, yaml), yaml);
    }

    private static RuleFile parse(String name, String yaml) {
        return RuleFile.parse(name, yaml, Duration.ofMinutes(1), Duration.ofSeconds(10));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(LintTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
