package dev.weir.alerting.eval;

import static dev.weir.alerting.eval.RecordedPanes.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.promql.PromqlParser;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a tick sees: {@code [tick - range, tick)}, Prometheus 3's left-open range one millisecond earlier. */
final class TickEdgesTest {
    private static final long TICK = 1_700_000_000_000L;
    private static final Series GAUGE = series(MetricKind.GAUGE, "g");
    private static final Series TOTAL = series(MetricKind.CUMULATIVE, "c_total");

    private final RecordedPanes panes = new RecordedPanes();

    @Test
    void lastValueBeforeTheTickIsSeenForFiveMinutes() {
        panes.record(GAUGE, TICK - 300_001, 1);
        assertThat(values("g")).isEmpty();
        panes.record(GAUGE, TICK - 300_000, 2);
        assertThat(values("g")).containsExactly(2.0);
        panes.record(GAUGE, TICK - 1, 3).record(GAUGE, TICK, 4);
        assertThat(values("g")).containsExactly(3.0);
    }

    @Test
    void rangeHasItsStartAndNotItsEnd() {
        panes.record(GAUGE, TICK - 60_001, 1)
                .record(GAUGE, TICK - 60_000, 2)
                .record(GAUGE, TICK - 1, 3)
                .record(GAUGE, TICK, 4);
        assertThat(values("count_over_time(g[1m])")).containsExactly(2.0);
        assertThat(values("sum_over_time(g[1m])")).containsExactly(5.0);
    }

    @Test
    void sampleThatCameTwiceIsOne() {
        panes.record(TOTAL, TICK - 50_000, 10).record(TOTAL, TICK - 50_000, 10).record(TOTAL, TICK - 50_000, 10);
        assertThat(values("increase(c_total[1m])")).isEmpty();
        panes.record(TOTAL, TICK - 20_000, 40);
        assertThat(values("increase(c_total[1m])")).singleElement().isEqualTo(30 * (30 + 10 + 19.999) / 30.0);
    }

    @Test
    void orderOfArrivalDoesNotMatter() {
        panes.record(TOTAL, TICK - 5_000, 30).record(TOTAL, TICK - 45_000, 10).record(TOTAL, TICK - 25_000, 20);
        RecordedPanes inOrder = new RecordedPanes()
                .record(TOTAL, TICK - 45_000, 10)
                .record(TOTAL, TICK - 25_000, 20)
                .record(TOTAL, TICK - 5_000, 30);
        assertThat(values("rate(c_total[1m])"))
                .isEqualTo(Evaluator.evaluate(PromqlParser.parse("rate(c_total[1m])"), TICK, inOrder).samples().stream()
                        .map(Sample::value)
                        .toList())
                .hasSize(1);
    }

    private List<Double> values(String expression) {
        return Evaluator.evaluate(PromqlParser.parse(expression), TICK, panes).samples().stream()
                .map(Sample::value)
                .toList();
    }
}
