package dev.weir.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KindOracleTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WindowOracle oracle = new WindowOracle();
    private final List<MetricEvent> events = new ArrayList<>();

    @Test
    void outcomesOfCountAreSumsOfIncrementsRoundedDown() {
        add(1, MetricKind.COUNT, 2.5, Outcome.SUCCESS);
        add(2, MetricKind.COUNT, 1.5, Outcome.ERROR);
        add(3, MetricKind.COUNT, 4, null);
        WindowAggregate.Builder window = window(MetricKind.COUNT)
                .setSum(8)
                .setRate(8 / 60.0)
                .setSuccessCount(2)
                .setErrorCount(1)
                .setErrorRatio(0.375);
        assertThat(differences(window)).isEmpty();
        assertThat(differences(window.setErrorRatio(1 / 3.0))).hasSize(1);
        assertThat(differences(window.setErrorRatio(null))).hasSize(1);
    }

    @Test
    void sumIsExactAndRoundedOnce() {
        add(1, MetricKind.COUNT, 1e16, null);
        add(2, MetricKind.COUNT, 1, null);
        add(3, MetricKind.COUNT, 1, null);
        assertThat(differences(window(MetricKind.COUNT).setSum(1e16 + 2).setRate((1e16 + 2) / 60)))
                .isEmpty();
        assertThat(differences(window(MetricKind.COUNT).setSum(1e16).setRate((1e16 + 2) / 60)))
                .singleElement()
                .asString()
                .startsWith("sum is 1.0E16, must be 1.0000000000000002E16");
    }

    @Test
    void zeroIncrementsHaveNoRatio() {
        add(1, MetricKind.COUNT, 0, Outcome.ERROR);
        assertThat(differences(window(MetricKind.COUNT).setRate(0))).isEmpty();
        assertThat(differences(window(MetricKind.COUNT).setRate(0).setErrorRatio(0.0)))
                .hasSize(1);
    }

    @Test
    void lastOfGaugeIsTheLatestAndTheGreaterOfATie() {
        add(9, MetricKind.GAUGE, -3, null);
        add(9, MetricKind.GAUGE, -4, null);
        add(1, MetricKind.GAUGE, 5, null);
        assertThat(differences(window(MetricKind.GAUGE).setLast(-3.0))).isEmpty();
        assertThat(differences(window(MetricKind.GAUGE).setLast(-4.0))).hasSize(1);
        assertThat(differences(window(MetricKind.GAUGE).setLast(null))).hasSize(1);
    }

    @Test
    void sumOfCumulativeIsTheIncreaseOverResets() {
        add(30, MetricKind.CUMULATIVE, 4, null);
        add(10, MetricKind.CUMULATIVE, 100, null);
        add(20, MetricKind.CUMULATIVE, 110, null);
        add(20, MetricKind.CUMULATIVE, 105, null);
        add(40, MetricKind.CUMULATIVE, 4, null);
        add(40, MetricKind.CUMULATIVE, 6, null);
        // 100 → 105 → 110, reset to 4, 4 → 4 → 6.
        double increase = 5 + 5 + 4 + 0 + 2;
        assertThat(differences(window(MetricKind.CUMULATIVE)
                        .setSum(increase)
                        .setLast(6.0)
                        .setRate(increase / 60)))
                .isEmpty();
        assertThat(differences(window(MetricKind.CUMULATIVE)
                        .setSum(increase + 1)
                        .setLast(6.0)
                        .setRate(increase / 60)))
                .hasSize(1);
    }

    @Test
    void oneSeriesKeepsItsKind() {
        add(1, MetricKind.GAUGE, 1, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> add(2, MetricKind.COUNT, 1, null))
                .withMessageContaining("kind is COUNT, must be GAUGE");
    }

    @Test
    void emptyLabelIsNoLabel() {
        add(1, MetricKind.GAUGE, 1, null);
        oracle.add(
                Published.METRIC,
                Published.SERVICE,
                Map.of("route", "/cart", "tenant", ""),
                MetricKind.GAUGE,
                null,
                Published.START.toEpochMilli(),
                2,
                null);
        assertThat(differences(window(MetricKind.GAUGE)
                        .setCount(2)
                        .setSum(3)
                        .setMax(2)
                        .setRate(2 / 60.0)
                        .setLast(1.0)))
                .isEmpty();
    }

    @Test
    void nearestRankIsTheCeiling() {
        double[] hundred = new double[100];
        for (int i = 0; i < hundred.length; i++) {
            hundred[i] = i + 1;
        }
        SortedValues values = new SortedValues(hundred);
        assertThat(values.quantile(0.95)).isEqualTo(95);
        assertThat(values.quantile(0.951)).isEqualTo(96);
        assertThat(values.quantile(0)).isEqualTo(1);
        assertThat(values.quantile(1)).isEqualTo(100);
        assertThat(new SortedValues(new double[] {7}).quantile(0.5)).isEqualTo(7);
    }

    private void add(double seconds, MetricKind kind, double value, @Nullable Outcome outcome) {
        MetricEvent event = Published.event(seconds, kind, value, outcome);
        events.add(event);
        oracle.add(event);
    }

    private WindowAggregate.Builder window(MetricKind kind) {
        return Published.window(Published.START, MINUTE, kind, events);
    }

    private List<String> differences(WindowAggregate.Builder window) {
        return oracle.compare(List.of(window.build()), Published.START.plus(MINUTE))
                .first();
    }
}
