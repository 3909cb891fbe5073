package dev.weir.testing.oracle;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Holds the percentiles and the sketch of an OBSERVATION window to its sorted values. */
final class SketchCheck {
    /** Greatest relative distance of two values in one bucket of 2 digits, 1 / 128, in round numbers. */
    static final double RELATIVE_ERROR = 0.0079;

    private static final List<Double> QUANTILES = List.of(0.5, 0.9, 0.95, 0.99);

    private SketchCheck() {}

    static void check(FieldCheck check, WindowAggregate observed, SortedValues values) {
        ByteBuffer sketch = observed.getSketch();
        if (sketch == null || sketch.remaining() < SketchHeader.BYTES) {
            check.report("sketch is " + sketch + ", must be HdrHistogram V2 bytes");
            return;
        }
        SketchHeader header = SketchHeader.of(sketch);
        checkQuantiles(check, observed.getQuantiles(), header, values);
        decode(check, sketch).ifPresent(histogram -> checkBuckets(check, histogram, header, values));
    }

    private static void checkQuantiles(
            FieldCheck check, List<QuantileValue> observed, SketchHeader header, SortedValues values) {
        List<Double> names = observed.stream().map(QuantileValue::getQuantile).toList();
        check.same("quantiles", names, QUANTILES);
        for (QuantileValue quantile : observed) {
            String field = "quantile " + quantile.getQuantile();
            double exact = values.quantile(quantile.getQuantile());
            if (!(quantile.getLow() <= exact && exact <= quantile.getHigh())) {
                check.report(
                        field + " is in [" + quantile.getLow() + ", " + quantile.getHigh() + "], must hold " + exact);
            }
            double tracked = Math.min(exact, header.highestValue());
            check.close(field, quantile.getValue(), tracked, Math.max(RELATIVE_ERROR * tracked, header.tick()));
        }
    }

    // What HdrHistogram throws on malformed bytes is not specified.
    private static Optional<Histogram> decode(FieldCheck check, ByteBuffer sketch) {
        try {
            return Optional.of(Histogram.decodeFromByteBuffer(sketch.duplicate(), 0));
        } catch (RuntimeException malformed) {
            check.report("sketch is unreadable by HdrHistogram: " + malformed);
            return Optional.empty();
        }
    }

    private static void checkBuckets(FieldCheck check, Histogram observed, SketchHeader header, SortedValues values) {
        Histogram expected = new Histogram(1, header.highest(), header.digits());
        values.forEach(value -> expected.recordValue(header.ticks(value)));
        check.same("sketch count", observed.getTotalCount(), expected.getTotalCount());
        Iterator<HistogramIterationValue> actual = observed.recordedValues().iterator();
        Iterator<HistogramIterationValue> wanted = expected.recordedValues().iterator();
        while (actual.hasNext() && wanted.hasNext()) {
            String actualBucket = bucket(actual.next());
            String wantedBucket = bucket(wanted.next());
            if (!actualBucket.equals(wantedBucket)) {
                check.same("sketch bucket", actualBucket, wantedBucket);
                return;
            }
        }
        check.same("sketch has more buckets", actual.hasNext(), wanted.hasNext());
    }

    private static String bucket(HistogramIterationValue bucket) {
        return bucket.getCountAtValueIteratedTo() + " x tick " + bucket.getValueIteratedTo();
    }
}
