package dev.weir.testing.oracle;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/** Holds one published window to its truth in whole numbers. */
final class SliceCheck {
    private static final int[] PERCENTILES = {50, 90, 95, 99};

    private SliceCheck() {}

    static void check(FieldCheck check, WindowAggregate observed, SeriesTruth series, SliceTruth expected) {
        MetricKind kind = expected.kind();
        check.same("kind", observed.getKind(), kind);
        check.same("unit", observed.getUnit(), series.unit());
        check.same("final", observed.getFinal$(), true);
        Totals.of(observed).check(check, totals(expected));
        boolean hasLast = kind == MetricKind.GAUGE || kind == MetricKind.CUMULATIVE;
        check.same("last", observed.getLast(), hasLast ? IntegerTruth.value(expected.last()) : null);
        boolean rateOfSum = kind == MetricKind.COUNT || kind == MetricKind.CUMULATIVE;
        double amount = rateOfSum ? IntegerTruth.value(expected.sum()) : (double) expected.count();
        check.quotient(
                "rate", observed.getRate(), amount / check.window().size().seconds());
        PackedHistogram packed = expected.histogram();
        TickScale scale = expected.scale();
        if (packed == null || scale == null) {
            check.same("quantiles", observed.getQuantiles().size(), 0);
            check.same("sketch", observed.getSketch(), null);
        } else {
            // Read many times: in its packed form that takes far longer.
            Histogram histogram = new Histogram(1, scale.highest(), TickScale.DIGITS);
            histogram.add(packed);
            checkSketch(check, observed.getSketch(), histogram, scale);
            checkQuantiles(check, observed.getQuantiles(), histogram, scale);
        }
    }

    private static Totals totals(SliceTruth expected) {
        return new Totals(
                expected.count(),
                IntegerTruth.value(expected.sum()),
                expected.min(),
                expected.max(),
                (long) outcome(expected, Outcome.SUCCESS),
                (long) outcome(expected, Outcome.ERROR),
                (long) outcome(expected, Outcome.HIT),
                (long) outcome(expected, Outcome.MISS),
                ratio(expected, Outcome.ERROR, Outcome.SUCCESS),
                ratio(expected, Outcome.HIT, Outcome.MISS));
    }

    private static double outcome(SliceTruth expected, Outcome outcome) {
        long amount = expected.outcome(outcome);
        return expected.kind() == MetricKind.COUNT ? IntegerTruth.value(amount) : (double) amount;
    }

    private static @Nullable Double ratio(SliceTruth expected, Outcome part, Outcome rest) {
        long all = expected.outcome(part) + expected.outcome(rest);
        return all == 0 ? null : (double) expected.outcome(part) / all;
    }

    private static void checkSketch(
            FieldCheck check, @Nullable ByteBuffer sketch, Histogram expected, TickScale scale) {
        if (sketch == null || sketch.remaining() < SketchHeader.BYTES) {
            check.report("sketch is " + sketch + ", must be HdrHistogram V2 bytes");
            return;
        }
        SketchHeader header = SketchHeader.of(sketch);
        check.same("sketch digits", header.digits(), TickScale.DIGITS);
        check.same("sketch highest", header.highest(), scale.highest());
        check.same("sketch tick", header.tick(), 1 / scale.ticksPerUnit());
        // What HdrHistogram throws on malformed bytes is not specified.
        try {
            checkBuckets(check, Histogram.decodeFromByteBuffer(sketch.duplicate(), 0), expected);
        } catch (RuntimeException malformed) {
            check.report("sketch is unreadable by HdrHistogram: " + malformed);
        }
    }

    private static void checkBuckets(FieldCheck check, Histogram observed, Histogram expected) {
        check.same("sketch count", observed.getTotalCount(), expected.getTotalCount());
        Iterator<HistogramIterationValue> actual = observed.recordedValues().iterator();
        Iterator<HistogramIterationValue> wanted = expected.recordedValues().iterator();
        while (actual.hasNext() && wanted.hasNext()) {
            HistogramIterationValue one = actual.next();
            HistogramIterationValue two = wanted.next();
            long oneTick = one.getValueIteratedTo();
            long twoTick = two.getValueIteratedTo();
            if (oneTick != twoTick || one.getCountAtValueIteratedTo() != two.getCountAtValueIteratedTo()) {
                check.same("sketch bucket", bucket(one), bucket(two));
                return;
            }
        }
        check.same("sketch has more buckets", actual.hasNext(), wanted.hasNext());
    }

    private static String bucket(HistogramIterationValue bucket) {
        return bucket.getCountAtValueIteratedTo() + " x tick " + bucket.getValueIteratedTo();
    }

    private static void checkQuantiles(
            FieldCheck check, List<QuantileValue> observed, Histogram expected, TickScale scale) {
        check.same("quantiles", observed.size(), PERCENTILES.length);
        for (int i = 0; i < Math.min(observed.size(), PERCENTILES.length); i++) {
            int percent = PERCENTILES[i];
            String field = "p" + percent;
            QuantileValue quantile = observed.get(i);
            check.same(field + " quantile", quantile.getQuantile(), percent / 100.0);
            long ticks = expected.getValueAtPercentile(percent);
            check.same(field, quantile.getValue(), ticks / scale.ticksPerUnit());
            long ofRank = tickOfRank(expected, (expected.getTotalCount() * percent + 99) / 100);
            double lowest = (expected.lowestEquivalentValue(ofRank) - 0.5) / scale.ticksPerUnit();
            double highest = (expected.highestEquivalentValue(ofRank) + 0.5) / scale.ticksPerUnit();
            // Values round to ticks: the bucket's edges are half a tick outside its lowest and highest.
            if (quantile.getLow() > Math.max(lowest, 0) + Math.ulp(lowest) * 4) {
                check.same(field + " low", quantile.getLow(), lowest);
            }
            if (quantile.getHigh() < highest - Math.ulp(highest) * 4) {
                check.same(field + " high", quantile.getHigh(), highest);
            }
        }
    }

    /** A tick of the bucket that holds the true value of a rank, whatever rule picks the rank of a percentile. */
    private static long tickOfRank(Histogram histogram, long rank) {
        for (HistogramIterationValue bucket : histogram.recordedValues()) {
            if (bucket.getTotalCountToThisValue() >= rank) {
                return bucket.getValueIteratedTo();
            }
        }
        return histogram.getMaxValue();
    }
}
