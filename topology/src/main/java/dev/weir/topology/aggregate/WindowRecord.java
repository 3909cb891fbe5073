package dev.weir.topology.aggregate;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.Quantile;
import dev.weir.sketch.Sketch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes the records of the aggregates topic. */
final class WindowRecord {
    private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99};
    private static final double MS_PER_SECOND = 1_000;

    private WindowRecord() {}

    static WindowAggregate of(WindowSize size, long startMs, Series series, Aggregate aggregate, long revision) {
        long endMs = size.endOf(startMs);
        double errors = aggregate.outcome(Outcome.ERROR);
        double successes = aggregate.outcome(Outcome.SUCCESS);
        double hits = aggregate.outcome(Outcome.HIT);
        double misses = aggregate.outcome(Outcome.MISS);
        OptionalDouble last = aggregate.last();
        Sketch sketch = aggregate.sketch();
        return WindowAggregate.newBuilder()
                .setMetric(series.metric())
                .setService(series.service())
                .setLabels(series.labels())
                .setKind(series.kind())
                .setUnit(series.unit())
                .setWindowStart(Instant.ofEpochMilli(startMs))
                .setWindowEnd(Instant.ofEpochMilli(endMs))
                .setCount(aggregate.count())
                .setSum(aggregate.sum())
                .setMin(aggregate.min())
                .setMax(aggregate.max())
                .setLast(last.isPresent() ? last.getAsDouble() : null)
                .setRate(rate(aggregate) / ((endMs - startMs) / MS_PER_SECOND))
                .setSuccessCount((long) successes)
                .setErrorCount((long) errors)
                .setHitCount((long) hits)
                .setMissCount((long) misses)
                .setErrorRatio(ratio(errors, successes))
                .setHitRatio(ratio(hits, misses))
                .setQuantiles(quantiles(sketch))
                .setSketch(sketch == null ? null : ByteBuffer.wrap(sketch.encode()))
                .setFinal$(true)
                .setRevision(revision)
                .build();
    }

    private static double rate(Aggregate aggregate) {
        boolean counter = aggregate.kind() == MetricKind.COUNT || aggregate.kind() == MetricKind.CUMULATIVE;
        return counter ? aggregate.sum() : aggregate.count();
    }

    private static @Nullable Double ratio(double part, double rest) {
        return part + rest > 0 ? part / (part + rest) : null;
    }

    private static List<QuantileValue> quantiles(@Nullable Sketch sketch) {
        if (sketch == null) {
            return List.of();
        }
        return Arrays.stream(QUANTILES)
                .mapToObj(q -> {
                    Quantile quantile = sketch.quantile(q);
                    return new QuantileValue(q, quantile.value(), quantile.low(), quantile.high());
                })
                .toList();
    }
}
