package dev.weir.alerting.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.promql.PromqlParser;
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
                "x * on(a) group_left(b) sum by (a, b) (y)                        | by a",
                "x * ignoring(b) group_right(c) y                                 | by all labels but b, c",
                "label_replace(x, 'a', '$1', 'b', '(.*)')                         | by all labels but a",
                "count_values by (a, b) ('b', x)                                  | by a",
                "topk by (a) (1, x)                                               | by a",
                "x > scalar(y)                                                    | a single shard",
                "time() - x > 60                                                  | by all labels",
                "x or vector(0)                                                   | a single shard",
                "hour() > 5 and on() x                                            | a single shard",
                "hour(x) > 5                                                      | by all labels",
                "absent_over_time(x[5m])                                          | a single shard",
                "sum by (alertname, alertstate) (ALERTS)                          | a single shard",
            })
    void labelsOfAnExpression(String expression, String shards) {
        assertThat(RulePlan.of(PromqlParser.parse(expression)).shards()).hasToString(shards);
    }

    @Test
    void seriesWithTheSameShardLabelsAreOfOneShard() {
        ShardLabels byA = new ShardLabels(false, Set.of("a"));
        assertThat(byA.key(Map.of("a", "1", "b", "2"))).isEqualTo(Map.of("a", "1"));
        assertThat(byA.key(Map.of("a", "", "b", "2"))).isEqualTo(byA.key(Map.of("b", "3")));
        assertThat(ShardLabels.ALL.key(Map.of("a", "1", "le", "2", "__name__", "x")))
                .isEqualTo(Map.of("a", "1"));
    }
}
