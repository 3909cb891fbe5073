package dev.weir.testing.oracle;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a faultless Weir publishes and stores for a few events of one series, whose sums no rounding touches. */
final class Published {
    static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    static final String METRIC = "request_duration_seconds";
    static final String SERVICE = "shop";
    static final Map<String, String> LABELS = Map.of("route", "/cart");

    private Published() {}

    static MetricEvent event(double secondsAfterStart, MetricKind kind, double value, @Nullable Outcome outcome) {
        Instant timestamp = START.plusMillis(Math.round(1000 * secondsAfterStart));
        return new MetricEvent(timestamp, SERVICE, METRIC, kind, value, null, outcome, LABELS, null);
    }

    /** The window of a series of observations. */
    static WindowAggregate.Builder observations(Instant start, Duration size, List<MetricEvent> events) {
        Sketch sketch = new Sketch(SketchRange.of(METRIC, null));
        events.forEach(event -> sketch.record(event.getValue()));
        return window(start, size, MetricKind.OBSERVATION, events)
                .setQuantiles(List.of(
                        quantile(sketch, 0.5), quantile(sketch, 0.9), quantile(sketch, 0.95), quantile(sketch, 0.99)))
                .setSketch(ByteBuffer.wrap(sketch.encode()));
    }

    /** The window of a series of any kind, as if its values were all of the sum and its outcomes events. */
    static WindowAggregate.Builder window(Instant start, Duration size, MetricKind kind, List<MetricEvent> events) {
        long hits = outcomes(events, Outcome.HIT);
        long misses = outcomes(events, Outcome.MISS);
        return WindowAggregate.newBuilder()
                .setMetric(METRIC)
                .setService(SERVICE)
                .setLabels(LABELS)
                .setKind(kind)
                .setWindowStart(start)
                .setWindowEnd(start.plus(size))
                .setCount(events.size())
                .setSum(events.stream().mapToDouble(MetricEvent::getValue).sum())
                .setMin(events.stream().mapToDouble(MetricEvent::getValue).min().orElseThrow())
                .setMax(events.stream().mapToDouble(MetricEvent::getValue).max().orElseThrow())
                .setRate(events.size() / (double) size.toSeconds())
                .setHitCount(hits)
                .setMissCount(misses)
                .setHitRatio(hits + misses == 0 ? null : (Double) (hits / (double) (hits + misses)))
                .setQuantiles(List.of())
                .setFinal$(true)
                .setRevision(0);
    }

    static HourlyRow row(WindowAggregate hour, double p95) {
        return new HourlyRow(
                hour.getMetric(),
                Map.of("service", SERVICE, "route", "/cart"),
                hour.getWindowStart(),
                hour.getCount(),
                hour.getSum(),
                hour.getMin(),
                hour.getMax(),
                hour.getQuantiles().get(0).getValue(),
                hour.getQuantiles().get(1).getValue(),
                p95,
                hour.getQuantiles().get(3).getValue(),
                hour.getSuccessCount(),
                hour.getErrorCount(),
                hour.getHitCount(),
                hour.getMissCount(),
                hour.getErrorRatio(),
                hour.getHitRatio());
    }

    private static QuantileValue quantile(Sketch sketch, double q) {
        var quantile = sketch.quantile(q);
        return new QuantileValue(q, quantile.value(), quantile.low(), quantile.high());
    }

    private static long outcomes(List<MetricEvent> events, Outcome outcome) {
        return events.stream().filter(event -> event.getOutcome() == outcome).count();
    }
}
