package dev.weir.alerting.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleGroup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GroupPlanTest {
    @Test
    void labelsThatARuleSetsDivideNothing() {
        GroupPlan plan = plan("{alert: A, expr: 'up == 0', labels: {service: 's'}}");
        assertThat(plan.shards()).hasToString("by all labels but service");
        assertThat(plan("{record: 'r', expr: 'sum by (a, b) (x)', labels: {a: '1'}}")
                        .shards())
                .hasToString("by b");
    }

    @Test
    void groupWithALimitIsNotDivided() {
        assertThat(GroupPlan.of(RuleFile.parse(
                                        "f.yml",
                                        "groups: [{name: g, limit: 1, rules: [{alert: A, expr: 'up == 0'}]}]",
                                        Duration.ofMinutes(1),
                                        Duration.ofSeconds(10))
                                .groups()
                                .get(0))
                        .shards()
                        .singleShard())
                .isTrue();
    }

    @Test
    void aGroupIsDividedAsAllItsRulesAllow() {
        GroupPlan plan = plan(
                "{record: 'x:rate', expr: 'sum by (a, b) (rate(x_total[1h]))'}",
                "{alert: A, expr: 'x:rate / ignoring(a) group_total > 1'}");
        assertThat(plan.shards()).hasToString("by b");
        assertThat(plan.recorded()).containsExactly("x:rate");
        assertThat(plan.range()).isEqualTo(Duration.ofHours(1));
        assertThat(plan.selections()).extracting(Selection::metric).containsExactly("x_total", "x:rate", "group_total");
        assertThat(plan("{alert: A, expr: 'sum by (a) (x) > 1'}", "{alert: B, expr: 'absent(x)'}")
                        .shards()
                        .singleShard())
                .isTrue();
    }

    @Test
    void aTemplateThatQueriesReadsMoreAndNeedsEverything() {
        GroupPlan plan = plan(
                "{alert: A, expr: 'up == 0', annotations: {s: '{{ query \"sum(x)\" | first | value }} of {{ $value }}'}}");
        assertThat(plan.selections()).extracting(Selection::metric).containsExactly("up", "x");
        assertThat(plan.shards().singleShard()).isTrue();
    }

    private static GroupPlan plan(String... rules) {
        String yaml = "groups: [{name: g, rules: [" + String.join(", ", rules) + "]}]";
        RuleGroup group = RuleFile.parse("f.yml", yaml, Duration.ofMinutes(1), Duration.ofSeconds(10))
                .groups()
                .get(0);
        return GroupPlan.of(group);
    }
}
