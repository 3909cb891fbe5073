package dev.weir.alerting.eval;

import static dev.weir.alerting.eval.RecordedPanes.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gauges and running totals: what does not follow from single samples, which the comparison with promtool covers. */
final class SampledSeriesTest {
    private static final long TICK = 1_700_000_000_000L;
    private static final Series GAUGE = series(MetricKind.GAUGE, "g");
    private static final Series TOTAL = series(MetricKind.CUMULATIVE, "c_total");

    private final RecordedPanes panes = new RecordedPanes();

    @Test
    void rateOfAGaugeIsThatOfARunningTotal() {
        for (int i = 0; i < 100; i++) {
            double value = i % 40;
            panes.record(GAUGE, TICK - 101_000 + i * 1_000L, value).record(TOTAL, TICK - 101_000 + i * 1_000L, value);
        }
        for (String function : List.of("rate", "increase", "irate", "resets", "changes", "delta", "deriv")) {
            assertThat(values(function + "(g[1m])"))
                    .as(function)
                    .isEqualTo(values(function + "(c_total[1m])"))
                    .hasSize(1);
        }
    }

    @Test
    void gaugeOfTooManySamplesKeepsItsExactAggregates() {
        for (int i = 0; i < 10_000; i++) {
            panes.record(GAUGE, TICK - 10_000 + i, i);
        }
        assertThat(values("avg_over_time(g[1m])")).containsExactly(4_999.5);
        assertThat(values("count_over_time(g[1m])")).containsExactly(10_000.0);
        assertThat(values("max_over_time(g[1m])")).containsExactly(9_999.0);
        assertThat(values("last_over_time(g[1m])")).containsExactly(9_999.0);
        assertThat(values("g")).containsExactly(9_999.0);
        assertThatThrownBy(() -> values("rate(g[1m])"))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("has more samples in a pane than are kept for rate");
    }

    @Test
    void panesMayHaveAnyLength() {
        Aggregate minute = new Aggregate(MetricKind.CUMULATIVE, SketchRange.of("c_total", null));
        for (int i = 0; i < 6; i++) {
            minute.record(TICK - 120_000 + i * 10_000L, i, null);
        }
        Aggregate second = new Aggregate(MetricKind.CUMULATIVE, SketchRange.of("c_total", null));
        second.record(TICK - 10_000, 11, null);
        SeriesPanes read =
                new SeriesPanes(TOTAL, List.of(new Pane(TICK - 120_000, minute), new Pane(TICK - 10_000, second)));
        assertThat(values("changes(c_total[2m])", (selection, fromMs, toMs) -> List.of(read)))
                .containsExactly(6.0);
        assertThat(values("count_over_time(c_total[90s])", (selection, fromMs, toMs) -> List.of(read)))
                .containsExactly(4.0);
    }

    @Test
    void endedSeriesIsAbsentAtOnceAndComesBack() {
        List<Point> samples = List.of(
                new Point(TICK - 60_000, 1), new Point(TICK - 40_000, Staleness.MARKER), new Point(TICK - 20_000, 2));
        PaneSource source = (selection, fromMs, toMs) -> List.of(new SeriesPanes(
                GAUGE,
                List.of(),
                samples.stream()
                        .filter(point -> point.timestampMs() >= fromMs && point.timestampMs() < toMs)
                        .toList()));
        assertThat(values("g", source)).containsExactly(2.0);
        assertThat(values("g offset 30s", source)).isEmpty();
        assertThat(values("absent(g offset 30s)", source)).containsExactly(1.0);
        assertThat(values("g offset 50s", source)).containsExactly(1.0);
        assertThat(values("count_over_time(g[2m])", source)).containsExactly(2.0);
    }

    @Test
    void offsetMovesWhatIsRead() {
        panes.record(GAUGE, TICK - 301_000, 1).record(GAUGE, TICK - 1, 2);
        assertThat(values("g")).containsExactly(2.0);
        assertThat(values("g offset 10s")).containsExactly(1.0);
        assertThat(values("g - g offset 10s")).containsExactly(1.0);
        assertThat(values("max_over_time(g[1m] offset 5m)")).containsExactly(1.0);
        assertThat(values("g offset 11m")).isEmpty();
    }

    @Test
    void countsAreReadAtAnOffsetToo() {
        Series count = series(MetricKind.COUNT, "n_total");
        panes.record(count, TICK - 70_000, 5).record(count, TICK - 1, 7);
        assertThat(values("increase(n_total[1m])")).containsExactly(7.0);
        assertThat(values("increase(n_total[1m] offset 1m)")).containsExactly(5.0);
    }

    @Test
    void matchedNamesReadAllSeriesOfThem() {
        Series observed = series(MetricKind.OBSERVATION, "o_seconds");
        panes.record(TOTAL, TICK - 50_000, 1).record(TOTAL, TICK - 10_000, 5);
        panes.record(observed, TICK - 1, 0.5).record(observed, TICK - 2, 1);
        assertThat(values("increase({__name__=~\"o_.*_sum|nosuch\"}[1m])")).containsExactly(1.5);
        assertThat(values("last_over_time({__name__=~\"c_.*\"}[1m])")).containsExactly(5.0);
        assertThatThrownBy(() -> values("increase({__name__=~\"o_seconds_(count|sum)\"}[1m])"))
                .hasMessage("vector cannot contain metrics with the same labelset: {service=\"s\"}");
    }

    @Test
    void timeIsTheTickAndSamplesKeepTheirs() {
        panes.record(GAUGE, TICK - 2_500, 1);
        assertThat(values("time()")).containsExactly(TICK / 1000.0);
        assertThat(values("time() - timestamp(g)")).containsExactly(2.5);
        assertThat(values("hour()")).containsExactly(22.0);
    }

    private List<Double> values(String expression) {
        return values(expression, panes);
    }

    private static List<Double> values(String expression, PaneSource source) {
        return Evaluator.evaluate(PromqlParser.parse(expression), TICK, source).samples().stream()
                .map(Sample::value)
                .toList();
    }
}
