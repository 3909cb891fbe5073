package dev.weir.benchmarks.store;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/** The records of the benchmark: hours of HTTP durations, 60 values each, and of request counts; raw durations. */
final class StoreRecords {
    static final String RAW_METRIC = "http_raw_duration_seconds";

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int VALUES = 60;
    private static final double MEAN_LOG_SECONDS = -3;

    /** Few shapes of hours: making them is not measured, but takes time. */
    private static final int SHAPES = 200;

    private StoreRecords() {}

    /** One hour of a series; three of five series are durations. */
    static WindowAggregate hour(String prefix, int series, Instant start, boolean isFinal) {
        boolean duration = series % 5 < 3;
        MetricKind kind = duration ? MetricKind.OBSERVATION : MetricKind.COUNT;
        String metric = prefix + (duration ? "_duration_seconds" : "_requests");
        Aggregate aggregate = new Aggregate(kind, SketchRange.of(metric, null));
        SplittableRandom random = new SplittableRandom(series % SHAPES);
        for (int i = 0; i < VALUES; i++) {
            aggregate.record(
                    start.toEpochMilli() + i,
                    duration ? Math.exp(random.nextGaussian() + MEAN_LOG_SECONDS) : 1,
                    random.nextInt(20) == 0 ? Outcome.ERROR : Outcome.SUCCESS);
        }
        Sketch sketch = aggregate.sketch();
        byte[] exactSum = aggregate.exactSum();
        return WindowAggregate.newBuilder()
                .setMetric(metric)
                .setService("service-" + series % 50)
                .setLabels(Map.of(
                        "endpoint",
                        "/api/v1/resource/" + series,
                        "method",
                        "GET",
                        "region",
                        "eu-central-1",
                        "instance",
                        "pod-" + series % 20))
                .setKind(kind)
                .setUnit(duration ? "s" : null)
                .setWindowStart(start)
                .setWindowEnd(start.plus(HOUR))
                .setCount(aggregate.count())
                .setSum(aggregate.sum())
                .setMin(aggregate.min())
                .setMax(aggregate.max())
                .setRate((double) aggregate.count() / HOUR.toSeconds())
                .setSuccessCount((long) aggregate.outcome(Outcome.SUCCESS))
                .setErrorCount((long) aggregate.outcome(Outcome.ERROR))
                .setQuantiles(sketch == null ? List.of() : quantiles(sketch))
                .setSketch(sketch == null ? null : ByteBuffer.wrap(sketch.encode()))
                .setExactSum(exactSum == null ? null : ByteBuffer.wrap(exactSum))
                .setFinal$(isFinal)
                .setRevision(isFinal ? 0 : -1)
                .build();
    }

    static MetricEvent raw(int number, Instant time) {
        return MetricEvent.newBuilder()
                .setTimestamp(time)
                .setService("service-" + number % 50)
                .setMetric(RAW_METRIC)
                .setKind(MetricKind.OBSERVATION)
                .setValue(number / 1_000.0)
                .setUnit("s")
                .setOutcome(Outcome.SUCCESS)
                .setLabels(Map.of(
                        "endpoint", "/api/v1/resource/" + number % 1_000, "method", "GET", "region", "eu-central-1"))
                .build();
    }

    private static List<QuantileValue> quantiles(Sketch sketch) {
        return DoubleStream.of(0.5, 0.9, 0.95, 0.99)
                .mapToObj(sketch::quantile)
                .map(q -> new QuantileValue(q.q(), q.value(), q.low(), q.high()))
                .toList();
    }
}
