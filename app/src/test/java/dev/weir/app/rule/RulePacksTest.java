package dev.weir.app.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.deploy.Checkout;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packs hold against what the five systems ask for. */
final class RulePacksTest {
    /** The requirements that are alerts or recorded series. */
    private static final Set<String> ROWS = Set.of(
            "S1-A1", "S1-A2", "S1-A3", "S1-A4", // AIQLeads
            "S2-H1", "S2-M1", // producer discovery
            "S3-A1", "S3-A2", "S3-A3", "S3-A4", "S3-A5", "S3-A6", "S3-A7", "S3-A8", "S3-A9", // ChatDB
            "S4-A1", "S4-A2", "S4-A3", "S4-R1", // PyAirtable
            "S5-A1", "S5-A2", "S5-A3", "S5-A4"); // lakehouse

    static Stream<PackRule> rules() {
        return PackRule.all().stream();
    }

    static Stream<PackRule> alerts() {
        return rules().filter(PackRule::isAlert);
    }

    @Test
    void everyRequirementHasARuleAndEveryRuleARequirement() {
        assertThat(rules().map(PackRule::row).collect(Collectors.toSet())).isEqualTo(ROWS);
    }

    @Test
    void readmeListsEveryRule() {
        List<String> listed = Checkout.text("rules/README.md")
                .lines()
                .map(line -> line.split("\\s*\\|\\s*"))
                .filter(cells -> cells.length >= 5 && ROWS.contains(cells[1]))
                .map(cells -> String.join(" ", List.of(cells).subList(1, 5)))
                .toList();

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        rules().map(RulePacksTest::line).toList());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertSaysWhatHowBadAndWhatToDo(PackRule alert) {
        assertThat(alert.label("severity")).isIn("warning", "critical");
        assertThat(alert.label("cluster")).isEqualTo(alert.pack());
        assertThat(alert.annotation("summary")).isNotBlank();
        assertThat(alert.annotation("description")).isNotBlank();
        assertThat(alert.annotation("runbook_url")).isEqualTo("docs/runbooks/" + alert.name() + ".md");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertHasATestOfItsRequirementInWhichItFiresAndResolves(PackRule alert) {
        PackTests tests = PackTests.of(alert.pack());

        assertThat(tests.proving(alert.row()).fireAndResolve(alert)).isTrue();
    }

    @Test
    void everyRecordedSeriesHasATestOfItsValues() {
        assertThat(rules().filter(rule -> !rule.isAlert()))
                .isNotEmpty()
                .allMatch(recording ->
                        PackTests.of(recording.pack()).proving(recording.row()).expectValuesOf(recording));
    }

    private static String line(PackRule rule) {
        return rule.isAlert()
                ? String.join(" ", rule.row(), rule.name(), rule.label("severity"), rule.hold())
                : String.join(" ", rule.row(), rule.name(), "recorded", "-");
    }
}
