package dev.weir.alerting.plan;

import static dev.weir.alerting.eval.RecordedPanes.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.promql.PromqlParser;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.wire.ByteOutput;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StateSizeTest {
    private static final long START_MS = 1_700_000_000_000L;

    @Test
    void aPaneThatTwoSelectionsReadIsKeptOnce() {
        Series series = series(MetricKind.COUNT, "x_total", "a", "1");
        long short1 = StateSize.of(selections("rate(x_total[5m])"), series).panes();
        assertThat(short1).isEqualTo(30);
        assertThat(StateSize.of(selections("rate(x_total[5m]) / rate(x_total[10m]) + rate(y_total[1h])"), series)
                        .panes())
                .isEqualTo(60);
        assertThat(StateSize.of(selections("rate(x_total[5m]) / rate(x_total[30d])"), series)
                        .panes())
                .isEqualTo(30 + 720);
    }

    @ParameterizedTest
    @EnumSource(MetricKind.class)
    void theEstimateIsWithinAFactorOfTwoOfRealPanes(MetricKind kind) {
        Series series = series(kind, "request_duration_seconds", "endpoint", "/api/things", "status_code", "200");
        Random random = new Random(1);
        long real = 0;
        for (int pane = 0; pane < 30; pane++) {
            Aggregate aggregate = new Aggregate(kind, SketchRange.of(series.metric(), null));
            double total = 1_000 + pane * 50;
            int events = kind == MetricKind.GAUGE || kind == MetricKind.CUMULATIVE ? 2 : 100;
            for (int i = 0; i < events; i++) {
                double value = switch (kind) {
                    case COUNT -> 1;
                    case OBSERVATION -> Math.exp(random.nextGaussian() - 3);
                    case GAUGE -> random.nextInt(10_000) / 100.0;
                    case CUMULATIVE -> total + i * 25;
                };
                aggregate.record(START_MS + pane * 10_000L + i * 5_000L / events, value, Outcome.SUCCESS);
            }
            ByteOutput out = new ByteOutput(64);
            aggregate.writeTo(out);
            real += out.size() + series.key().length();
        }
        StateSize estimate = StateSize.of(selections("avg_over_time(request_duration_seconds[5m])"), series);
        assertThat(estimate.bytes()).as("%s, real %d", kind, real).isBetween(real / 2, real * 2);
    }

    private static List<Selection> selections(String expression) {
        return RulePlan.of(PromqlParser.parse(expression)).selections();
    }
}
