package dev.weir.testing.flood;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.sketch.Quantile;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import dev.weir.testing.oracle.OutputCheck;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Publishes what Weir would if it lost and doubled nothing, computed with Weir's own aggregates but without a stream. */
final class FaultlessStream {
    private static final List<Duration> SIZES = List.of(Duration.ofMinutes(1), Duration.ofHours(1));

    /** One accepted measurement. */
    record Event(
            FloodSeries series,
            long timeMs,
            double value,
            @Nullable Outcome outcome) {}

    private FaultlessStream() {}

    /** All windows of the events of one series. */
    static List<WindowAggregate> windows(FloodSeries series, List<Event> events) {
        return builders(series, events).stream()
                .map(WindowAggregate.Builder::build)
                .toList();
    }

    /** All windows of the events of one series, to be changed; first the minutes. */
    static List<WindowAggregate.Builder> builders(FloodSeries series, List<Event> events) {
        return SIZES.stream()
                .flatMap(size -> builders(series, size, events).stream())
                .toList();
    }

    private static List<WindowAggregate.Builder> builders(FloodSeries series, Duration size, List<Event> events) {
        SketchRange range = SketchRange.of(series.metric(), series.unit());
        Map<Long, Aggregate> byStart = new TreeMap<>();
        for (Event event : events) {
            byStart.computeIfAbsent(
                            Math.floorDiv(event.timeMs(), size.toMillis()) * size.toMillis(),
                            absent -> new Aggregate(series.kind(), range))
                    .record(event.timeMs(), event.value(), event.outcome());
        }
        return byStart.entrySet().stream()
                .map(entry -> window(series, size, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static WindowAggregate.Builder window(
            FloodSeries series, Duration size, long startMs, Aggregate aggregate) {
        boolean rateOfSum = series.kind() == MetricKind.COUNT || series.kind() == MetricKind.CUMULATIVE;
        double errors = aggregate.outcome(Outcome.ERROR);
        double successes = aggregate.outcome(Outcome.SUCCESS);
        double hits = aggregate.outcome(Outcome.HIT);
        double misses = aggregate.outcome(Outcome.MISS);
        Sketch sketch = aggregate.sketch();
        return WindowAggregate.newBuilder()
                .setMetric(series.metric())
                .setService(series.service())
                .setLabels(series.labels())
                .setKind(series.kind())
                .setUnit(series.unit())
                .setWindowStart(Instant.ofEpochMilli(startMs))
                .setWindowEnd(Instant.ofEpochMilli(startMs + size.toMillis()))
                .setCount(aggregate.count())
                .setSum(aggregate.sum())
                .setMin(aggregate.min())
                .setMax(aggregate.max())
                .setLast(aggregate.last().isPresent() ? aggregate.last().getAsDouble() : null)
                .setRate((rateOfSum ? aggregate.sum() : (double) aggregate.count()) / size.toSeconds())
                .setSuccessCount((long) successes)
                .setErrorCount((long) errors)
                .setHitCount((long) hits)
                .setMissCount((long) misses)
                .setErrorRatio(errors + successes > 0 ? errors / (errors + successes) : null)
                .setHitRatio(hits + misses > 0 ? hits / (hits + misses) : null)
                .setQuantiles(sketch == null ? List.of() : quantiles(sketch))
                .setSketch(sketch == null ? null : ByteBuffer.wrap(sketch.encode()))
                .setFinal$(true)
                .setRevision(0);
    }

    private static List<QuantileValue> quantiles(Sketch sketch) {
        return DoubleStream.of(0.5, 0.9, 0.95, 0.99)
                .mapToObj(sketch::quantile)
                .map(FaultlessStream::published)
                .toList();
    }

    private static QuantileValue published(Quantile quantile) {
        return new QuantileValue(quantile.q(), quantile.value(), quantile.low(), quantile.high());
    }

    /** Publishes so many rejects of each reason. */
    static void reject(Map<RejectReason, Long> counts, OutputCheck output) {
        long offset = 0;
        for (Map.Entry<RejectReason, Long> count : counts.entrySet()) {
            for (long i = 0; i < count.getValue(); i++) {
                output.rejected(rejected(count.getKey(), offset++));
            }
        }
    }

    static RejectedEvent rejected(RejectReason reason, long offset) {
        return RejectedEvent.newBuilder()
                .setReason(reason)
                .setMessage("")
                .setTopic("weir.events")
                .setPartition(0)
                .setOffset(offset)
                .setBrokerTimestamp(Instant.EPOCH)
                .setOriginalSize(0)
                .setOriginal(ByteBuffer.allocate(0))
                .build();
    }
}
