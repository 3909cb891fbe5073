package dev.weir.benchmarks.engine.workload;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * Holds published 1 m windows to what the generator meant, recomputed with integers and stock HdrHistogram.
 *
 * <p>Each window must be there once, at revision 0, with exactly the count, sum, least and greatest value, outcomes, sketch
 * buckets and percentiles of its measurements. One thread; nothing is kept but which windows have been seen.
 */
public final class WindowCheck {
    private static final double MICROSECONDS = 1e6;
    private static final long HOUR_US = 3_600_000_000L;
    private static final double CLOSE = 1e-12;

    private final WorkloadSpec spec;
    private final Map<String, Integer> seriesByName = new HashMap<>();
    private final BitSet seen = new BitSet();
    private final Histogram expected = new Histogram(1, HOUR_US, 2);
    private long mismatches;
    private @Nullable String first;

    public WindowCheck(WorkloadSpec spec) {
        this.spec = spec;
        for (int instance = 0; instance < spec.instances(); instance++) {
            for (int k = 0; k < spec.instanceSize(); k++) {
                Map<String, String> labels = new TreeMap<>(SeriesNames.labels(k));
                labels.putAll(SeriesNames.instanceLabels(instance));
                seriesByName.put(
                        name(SeriesNames.service(instance), SeriesNames.metric(instance, k), labels),
                        instance * spec.instanceSize() + k);
            }
        }
    }

    /** Compares one published window; those of another size are left out. */
    public void observe(WindowAggregate window) {
        long startMs = window.getWindowStart().toEpochMilli();
        if (window.getWindowEnd().toEpochMilli() - startMs != WorkloadSpec.WINDOW_MS) {
            return;
        }
        String name = name(window.getService(), window.getMetric(), new TreeMap<>(window.getLabels()));
        Integer series = seriesByName.get(name);
        long index = Math.floorDiv(startMs - spec.startMs(), WorkloadSpec.WINDOW_MS);
        if (index == spec.windowsPerSeries()) {
            // Of a closing event: a bounded job closes its window, too.
            return;
        }
        if (series == null || index < 0 || index >= spec.windowsPerSeries()) {
            report(name + " at " + startMs + " is published, must not be: no event is in it");
            return;
        }
        int bit = series * spec.windowsPerSeries() + (int) index;
        if (seen.get(bit)) {
            report(name + " at " + startMs + " is published twice");
        }
        seen.set(bit);
        compare(name + " at " + startMs, series, (int) index, window);
    }

    /** All faults so far and one for each window that is missing. */
    public long mismatches() {
        long missing = spec.windows() - seen.cardinality();
        if (missing > 0 && first == null) {
            first = missing + " windows are missing";
        }
        return mismatches + missing;
    }

    /** The first fault as text, or null. */
    public @Nullable String first() {
        return first;
    }

    private void compare(String name, int series, int index, WindowAggregate window) {
        int inInstance = series % spec.instanceSize();
        MetricKind kind = SeriesNames.kind(inInstance);
        int from = index * spec.ticksPerWindow();
        int to = Math.min(spec.ticks(), from + spec.ticksPerWindow());
        long sum = 0;
        long least = Long.MAX_VALUE;
        long greatest = 0;
        long errors = 0;
        long errorParts = 0;
        expected.reset();
        for (int tick = from; tick < to; tick++) {
            long parts = EventIntent.valueParts(series, tick, kind);
            boolean error = EventIntent.outcome(series, inInstance, tick) == Outcome.ERROR;
            sum += parts;
            least = Math.min(least, parts);
            greatest = Math.max(greatest, parts);
            errors += error ? 1 : 0;
            errorParts += error ? parts : 0;
            if (kind == MetricKind.OBSERVATION) {
                expected.recordValue(Math.min(HOUR_US, Math.round(parts / EventIntent.PARTS * MICROSECONDS)));
            }
        }
        boolean counts = kind == MetricKind.COUNT;
        same(name, "count", window.getCount(), to - from);
        same(name, "sum", window.getSum(), sum / EventIntent.PARTS);
        same(name, "min", window.getMin(), least / EventIntent.PARTS);
        same(name, "max", window.getMax(), greatest / EventIntent.PARTS);
        same(name, "error_count", window.getErrorCount(), counts ? errorParts >> 20 : errors);
        same(name, "success_count", window.getSuccessCount(), counts ? (sum - errorParts) >> 20 : to - from - errors);
        same(name, "revision", window.getRevision(), 0);
        same(name, "kind", window.getKind(), kind);
        if (!counts) {
            compareSketch(name, window);
        }
    }

    private void compareSketch(String name, WindowAggregate window) {
        ByteBuffer sketch = window.getSketch();
        if (sketch == null) {
            report(name + ": sketch is null, must be HdrHistogram V2 bytes");
            return;
        }
        Histogram observed = Histogram.decodeFromByteBuffer(sketch.duplicate(), 0);
        same(name, "sketch count", observed.getTotalCount(), expected.getTotalCount());
        for (HistogramIterationValue bucket : expected.recordedValues()) {
            long value = bucket.getValueIteratedTo();
            same(name, "sketch bucket " + value, observed.getCountAtValue(value), bucket.getCountAtValueIteratedTo());
        }
        for (QuantileValue quantile : window.getQuantiles()) {
            double wanted = expected.getValueAtPercentile(100 * quantile.getQuantile()) / MICROSECONDS;
            if (Math.abs(quantile.getValue() - wanted) > CLOSE * wanted) {
                report(name + ": quantile " + quantile.getQuantile() + " is " + quantile.getValue() + ", must be "
                        + wanted);
            }
        }
    }

    private void same(String name, String field, Object observed, Object wanted) {
        Object comparable =
                wanted instanceof Integer whole && observed instanceof Long ? (Object) whole.longValue() : wanted;
        if (!Objects.equals(observed, comparable)) {
            report(name + ": " + field + " is " + observed + ", must be " + wanted);
        }
    }

    private void report(String fault) {
        mismatches++;
        if (first == null) {
            first = fault;
        }
    }

    private static String name(String service, String metric, Map<String, String> sortedLabels) {
        return service + ' ' + metric + ' ' + sortedLabels;
    }
}
