package dev.weir.alerting.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.promql.PromqlParser;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleGroup;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShardingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up == 0                                                          | by all labels",
                "rate(x_total[5m]) / rate(y_total[5m])                            | by all labels",
                "rate(x_total[5m]) / ignoring(code) rate(y_total[5m])             | by all labels but code",
                "sum by (a, b) (rate(x_total[5m]))                                | by a, b",
                "sum by (a, b) (x) / on(b) sum by (b, c) (y)                      | by b",
                "sum by (a) (x) / sum(x)                                          | a single shard",
                "sum without (pod) (x)                                            | by all labels but pod",
                "max by (a) (sum by (a, b) (x)) > 3                               | by a",
                "-(avg by (a) (x)) * 2                                            | by a",
                "sum by (a) (x) and on() y                                        | a single shard",
                "sum by (a) (x) unless y                                          | by a",
                "sum by (a) (x) or sum by (b) (y)                                 | a single shard",
                "absent(up)                                                       | a single shard",
                "up == 0 or absent(up)                                            | a single shard",
                "histogram_quantile(0.9, sum by (le, a) (rate(x_bucket[5m]))) > 1 | by a",
                "histogram_quantile(0.9, rate(x_bucket[5m]))                      | by all labels",
                "sum by (le, outcome) (rate(x_total{outcome!=''}[5m]))            | a single shard",
                "1                                                                | a single shard",
            })
    void labelsOfAnExpression(String expression, String shards) {
        assertThat(RulePlan.of(PromqlParser.parse(expression)).shards()).hasToString(shards);
    }

    @Test
    void labelsThatARuleSetsDivideNothing() {
        GroupPlan plan = plan("{alert: A, expr: 'up == 0', labels: {service: 's'}}");
        assertThat(plan.shards()).hasToString("by all labels but service");
        assertThat(plan("{record: 'r', expr: 'sum by (a, b) (x)', labels: {a: '1'}}")
                        .shards())
                .hasToString("by b");
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
    void seriesWithTheSameShardLabelsAreOfOneShard() {
        ShardLabels byA = new ShardLabels(false, Set.of("a"));
        assertThat(byA.key(Map.of("a", "1", "b", "2"))).isEqualTo(Map.of("a", "1"));
        assertThat(byA.key(Map.of("a", "", "b", "2"))).isEqualTo(byA.key(Map.of("b", "3")));
        assertThat(ShardLabels.ALL.key(Map.of("a", "1", "le", "2", "__name__", "x")))
                .isEqualTo(Map.of("a", "1"));
    }

    private static GroupPlan plan(String... rules) {
        String yaml = "groups: [{name: g, rules: [" + String.join(", ", rules) + "]}]";
        RuleGroup group = RuleFile.parse("f.yml", yaml, Duration.ofMinutes(1), Duration.ofSeconds(10))
                .groups()
                .get(0);
        return GroupPlan.of(group);
    }
}
