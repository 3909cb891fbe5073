package dev.weir.alerting.eval;

import static dev.weir.alerting.eval.RecordedPanes.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerting.promql.PromqlParser;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.series.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExactCountsTest {
    private static final long TICK = 1_700_000_000_000L;
    private static final long START = TICK - 300_000;
    private static final Series COUNTER = series(MetricKind.COUNT, "requests_total", "code", "200");
    private static final Series DURATION = series(MetricKind.OBSERVATION, "latency_seconds", "route", "/a");

    private final RecordedPanes panes = new RecordedPanes();

    @Test
    void rateOfIncrementsIsTheirSumOverTheRange() {
        panes.record(COUNTER, START - 1, 100)
                .record(COUNTER, START, 1)
                .record(COUNTER, TICK - 1, 2)
                .record(COUNTER, TICK, 400);
        assertThat(values("increase(requests_total[5m])")).containsExactly(Map.entry("{code=200, service=s}", 3.0));
        assertThat(values("rate(requests_total[5m])")).containsExactly(Map.entry("{code=200, service=s}", 0.01));
    }

    @Test
    void firstIncrementCountsAlone() {
        panes.record(COUNTER, TICK - 5_000, 7);
        assertThat(values("increase(requests_total[10s])")).containsExactly(Map.entry("{code=200, service=s}", 7.0));
    }

    @Test
    void seriesWithoutPaneInTheRangeGivesNothing() {
        panes.record(COUNTER, TICK - 60_000, 7);
        assertThat(values("increase(requests_total[50s])")).isEmpty();
        assertThat(values("increase(nosuch_total[50s])")).isEmpty();
    }

    @Test
    void outcomeMatcherSplitsCounts() {
        panes.record(COUNTER, START, 5, Outcome.SUCCESS)
                .record(COUNTER, START, 3, Outcome.ERROR)
                .record(COUNTER, START, 2);
        assertThat(values("increase(requests_total[5m])")).containsExactly(Map.entry("{code=200, service=s}", 10.0));
        assertThat(values("increase(requests_total{outcome=\"ERROR\"}[5m])"))
                .containsExactly(Map.entry("{code=200, outcome=ERROR, service=s}", 3.0));
        assertThat(values("increase(requests_total{outcome=~\".*\"}[5m])"))
                .containsExactly(
                        Map.entry("{code=200, outcome=ERROR, service=s}", 3.0),
                        Map.entry("{code=200, outcome=SUCCESS, service=s}", 5.0),
                        Map.entry("{code=200, service=s}", 2.0));
        assertThat(values("increase(requests_total{outcome=\"HIT\"}[5m])")).isEmpty();
    }

    @Test
    void noErrorsAmongSuccessesIsZeroAndNotNothing() {
        panes.record(DURATION, START, 0.1, Outcome.SUCCESS);
        assertThat(values("increase(latency_seconds_count{outcome=\"ERROR\"}[5m])"))
                .containsExactly(Map.entry("{outcome=ERROR, route=/a, service=s}", 0.0));
    }

    @Test
    void observationsAnswerCountAndSum() {
        panes.record(DURATION, START, 0.5).record(DURATION, TICK - 1, 0.25);
        assertThat(values("increase(latency_seconds_count[5m])"))
                .containsExactly(Map.entry("{route=/a, service=s}", 2.0));
        assertThat(values("increase(latency_seconds_sum[5m])"))
                .containsExactly(Map.entry("{route=/a, service=s}", 0.75));
        assertThat(values("rate(latency_seconds_sum[5m]) / rate(latency_seconds_count[5m])"))
                .containsExactly(Map.entry("{route=/a, service=s}", 0.375));
    }

    @Test
    void quantileComesFromMergedSketchesWithItsBounds() {
        Series other = series(MetricKind.OBSERVATION, "latency_seconds", "route", "/b");
        for (int i = 1; i <= 100; i++) {
            panes.record(i % 2 == 0 ? DURATION : other, START + i * 1_000L, i / 100.0);
        }
        String expression = "histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m]))) * 1000";
        Sample sample = evaluate(expression).samples().get(0);
        assertThat(sample.labels()).isEmpty();
        assertThat(sample.bounds()).isNotNull();
        assertThat(sample.value())
                .isBetween(sample.bounds().low(), sample.bounds().high());
        assertThat(950.0).isBetween(sample.bounds().low(), sample.bounds().high());
        assertThat(sample.bounds().high() / sample.bounds().low()).isLessThan(1.01);
        assertThat(evaluate("histogram_quantile(0.5, sum by (route, le) (rate(latency_seconds_bucket[5m])))")
                        .samples())
                .extracting(found -> found.labels().toString())
                .containsExactly("{route=/a}", "{route=/b}");
        assertThat(values("histogram_quantile(2, rate(latency_seconds_bucket{route=\"/a\"}[5m]))")
                        .get(0)
                        .getValue())
                .isInfinite();
    }

    @Test
    void whatCannotBeAskedSaysWhatCan() {
        panes.record(COUNTER, START, 1).record(DURATION, START, 1);
        assertFails("requests_total > 1", "; use rate(requests_total[5m])");
        assertFails("latency_seconds_count", "; use rate(latency_seconds_count[5m])");
        assertFails("latency_seconds", "; use histogram_quantile(0.95, rate(latency_seconds_bucket[5m]))");
        assertFails(
                "rate(latency_seconds[5m])", "use latency_seconds_count, latency_seconds_sum or histogram_quantile");
        assertFails("rate(latency_seconds_bucket[5m])", "which is a distribution");
        assertFails("max_over_time(requests_total[5m])", "no samples for max_over_time");
        assertFails("rate(latency_seconds_sum{outcome=\"ERROR\"}[5m])", "sums are not kept for each outcome");
        assertFails("histogram_quantile(0.9, rate(latency_seconds_bucket{le=\"1\"}[5m]))", "a matcher on le");
    }

    @Test
    void absentAsksAnyKindOfSeriesWhetherItReports() {
        panes.record(COUNTER, START, 1);
        assertThat(values("absent(requests_total)")).isEmpty();
        assertThat(values("absent(requests_total{code=\"500\"})")).containsExactly(Map.entry("{code=500}", 1.0));
    }

    @Test
    void inputsAreTheSeriesThatHadData() {
        panes.record(COUNTER, START, 1);
        assertThat(evaluate("rate(requests_total[5m]) > 100").inputs())
                .extracting(Object::toString)
                .containsExactly("{code=200, service=s}");
        assertThat(evaluate("rate(requests_total[1m]) > 100").inputs()).isEmpty();
    }

    @Test
    void ambiguousMatchesAreRefused() {
        Series g1 = series(MetricKind.GAUGE, "g", "a", "1");
        Series g2 = series(MetricKind.GAUGE, "g", "a", "2");
        panes.record(g1, TICK - 1, 1).record(g2, TICK - 1, 2);
        assertFails("g / on() g", "many-to-many matching not allowed");
        assertFails("g / ignoring(a) g{a=\"1\"}", "many-to-one matching must be explicit");
    }

    private void assertFails(String expression, String message) {
        assertThatThrownBy(() -> evaluate(expression))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining(message);
    }

    private List<Map.Entry<String, Double>> values(String expression) {
        return evaluate(expression).samples().stream()
                .map(sample -> Map.entry(sample.labels().toString(), sample.value()))
                .toList();
    }

    private Evaluation evaluate(String expression) {
        return Evaluator.evaluate(PromqlParser.parse(expression), TICK, panes);
    }
}
