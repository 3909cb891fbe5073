package dev.weir.alerting.plan;

import static dev.weir.alerting.eval.RecordedPanes.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.promql.PromqlParser;
import dev.weir.events.MetricKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RulePlanTest {
    @Test
    void planNamesAllSelectorsAndTheLongestRange() {
        RulePlan plan = plan("sum(rate(a_total{x=\"1\"}[10m])) / sum(rate(b_total[1m])) > 0 and absent(up) or a < 1");
        assertThat(plan.selections()).extracting(Selection::metric).containsExactly("a_total", "b_total", "up", "a");
        assertThat(plan.range()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plan("up").range()).isEqualTo(Duration.ofMinutes(5));
        assertThat(plan("1").range()).isZero();
    }

    @Test
    void suffixesReachObservationSeriesOfTheBaseName() {
        for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
            RulePlan plan = plan("rate(x" + suffix + "[5m])");
            assertThat(plan.selects(series(MetricKind.OBSERVATION, "x")))
                    .as(suffix)
                    .isTrue();
            assertThat(plan.selects(series(MetricKind.CUMULATIVE, "x"))).isFalse();
            assertThat(plan.selects(series(MetricKind.CUMULATIVE, "x" + suffix)))
                    .isTrue();
            assertThat(plan.selects(series(MetricKind.OBSERVATION, "x_total"))).isFalse();
        }
    }

    @Test
    void matchersDecideButDerivedLabelsDoNot() {
        RulePlan plan = plan("rate(x_count{route=~\"/a.*\", service!=\"t\", outcome=\"ERROR\"}[5m])");
        assertThat(plan.selects(series(MetricKind.OBSERVATION, "x", "route", "/ab")))
                .isTrue();
        assertThat(plan.selects(series(MetricKind.OBSERVATION, "x", "route", "/b")))
                .isFalse();
        assertThat(plan.selects(series(MetricKind.OBSERVATION, "x", "route", "/a", "service", "t")))
                .isFalse();
        assertThat(plan.selects(series(MetricKind.CUMULATIVE, "x_count", "route", "/a")))
                .isFalse();
    }

    private static RulePlan plan(String expression) {
        return RulePlan.of(PromqlParser.parse(expression));
    }
}
