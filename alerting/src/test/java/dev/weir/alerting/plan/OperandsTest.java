package dev.weir.alerting.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.promql.Grouping;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.events.MetricKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperandsTest {
    @Test
    void sumsOfIncrementsCombineToTheLabelsOfTheirSum() {
        List<Operand> operands = operands("sum by (a) (rate(x_total[5m])) / sum without (b) ((increase(y_total[1m])))");
        assertThat(operands)
                .extracting(Operand::combinedTo)
                .containsExactly(
                        Optional.of(new Grouping(true, List.of("a"))), Optional.of(new Grouping(false, List.of("b"))));
        assertThat(operands.get(0).combines(MetricKind.COUNT)).isTrue();
        assertThat(operands.get(0).combines(MetricKind.OBSERVATION)).isTrue();
        assertThat(operands.get(0).combines(MetricKind.CUMULATIVE)).isFalse();
        assertThat(operands.get(0).combines(MetricKind.GAUGE)).isFalse();
    }

    @Test
    void sketchesCombineInsideAQuantile() {
        assertThat(operands("histogram_quantile(0.9, sum by (le, a) (rate(x_bucket[5m])))"))
                .extracting(Operand::combinedTo)
                .containsExactly(Optional.of(new Grouping(true, List.of("le", "a"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "avg by (a) (rate(x_total[5m]))",
                "count(rate(x_total[5m]))",
                "max(rate(x_total[5m]))",
                "sum(x)",
                "sum(rate(x_total[5m]) > 1)",
                "sum(max_over_time(x[5m]))",
                "rate(x_total[5m])"
            })
    void anythingElseKeepsItsSeries(String expression) {
        assertThat(operands(expression))
                .singleElement()
                .satisfies(operand -> assertThat(operand.combinedTo()).isEmpty());
    }

    @Test
    void longRangesAreReadInLongerPanes() {
        assertThat(PaneStep.of(Duration.ofHours(2))).isEqualTo(PaneStep.PANE);
        assertThat(PaneStep.of(Duration.ofHours(2).plusSeconds(10))).isEqualTo(PaneStep.MINUTE);
        assertThat(PaneStep.of(Duration.ofDays(2))).isEqualTo(PaneStep.MINUTE);
        assertThat(PaneStep.of(Duration.ofDays(30)).panes(Duration.ofDays(30))).isEqualTo(720);
        assertThat(PaneStep.MINUTE.panes(Duration.ofSeconds(61))).isEqualTo(2);
    }

    private static List<Operand> operands(String expression) {
        return RulePlan.of(PromqlParser.parse(expression)).operands();
    }
}
