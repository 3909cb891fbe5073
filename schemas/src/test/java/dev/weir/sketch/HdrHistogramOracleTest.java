package dev.weir.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class HdrHistogramOracleTest {
    private static final int RANGES = 120;
    private static final int RATIO_OFFSET = 32;
    private static final double[] QUANTILES = {0, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};

    @Test
    void everyTickFallsIntoTheSameBucket() {
        RandomTicks random = new RandomTicks("everyTickFallsIntoTheSameBucket");
        for (int digits = 1; digits <= 5; digits++) {
            SketchRange range = new SketchRange(1, Long.MAX_VALUE, digits);
            BucketLayout layout = BucketLayout.of(range);
            Histogram oracle = new Histogram(1, 2, digits);
            for (int i = 0; i < 20_000; i++) {
                long ticks = i < 5_000 ? i : random.ticks(range);
                int index = layout.index(ticks);
                assertThat(layout.lowest(index)).isEqualTo(oracle.lowestEquivalentValue(ticks));
                assertThat(layout.highest(index)).isEqualTo(oracle.highestEquivalentValue(ticks));
            }
        }
    }

    @Test
    void valuesAtEveryBoundaryFallIntoTheSameBucket() {
        for (int digits = 1; digits <= 3; digits++) {
            SketchRange range = new SketchRange(1e6, 3_600_000_000L, digits);
            BucketLayout layout = BucketLayout.of(range);
            Histogram oracle = new Histogram(1, range.highestTicks(), digits);
            for (int index = 0; index <= layout.index(range.highestTicks()); index++) {
                double boundary = (layout.lowest(index) - 0.5) / 1e6;
                for (double value : new double[] {Math.nextDown(boundary), boundary, Math.nextUp(boundary)}) {
                    Sketch sketch = new Sketch(range);
                    sketch.record(Math.max(value, 0));
                    long ticks = range.ticks(Math.max(value, 0));
                    if (layout.lowest(sketch.indexAt(0)) != oracle.lowestEquivalentValue(ticks)) {
                        throw new AssertionError(value + " is counted in bucket " + sketch.indexAt(0));
                    }
                }
            }
        }
    }

    @Test
    void roundingEqualsThatOfMath() {
        RandomTicks random = new RandomTicks("roundingEqualsThatOfMath");
        for (int i = 0; i < 200_000; i++) {
            double near = (random.below(1 << 20) + 0.5) * Math.scalb(1.0, random.below(50) - 3);
            for (double value : new double[] {near, Math.nextDown(near), Math.nextUp(near), random.nonNegative()}) {
                if (SketchRange.rounded(value) != Math.round(value)) {
                    throw new AssertionError(value + " is rounded to " + SketchRange.rounded(value));
                }
            }
        }
        for (double value : new double[] {0, -0.0, 0.5, Math.nextDown(0.5), 0x1p52, 0x1p62, 0x1p63, 1e300}) {
            assertThat(SketchRange.rounded(value)).isEqualTo(Math.round(value));
        }
        assertThat(SketchRange.rounded(Double.POSITIVE_INFINITY)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void quantilesOfGreatCountsEqualInEveryForm() {
        RandomTicks random = new RandomTicks("quantilesOfGreatCountsEqualInEveryForm");
        for (int form = 1; form < RandomTicks.FORMS; form++) {
            SketchRange range = SketchRange.of("wait_seconds", null);
            Sketch sketch = random.form(form, range);
            sketch.recordTicks(1_000, (1L << 31) + random.below(1_000));
            Histogram oracle = new Histogram(1, range.highestTicks(), range.digits());
            BucketLayout layout = BucketLayout.of(range);
            BucketFormsTest.counts(sketch)
                    .forEach((index, count) -> oracle.recordValueWithCount(layout.lowest(index), count));
            for (double q : QUANTILES) {
                assertThat(sketch.quantile(q).value()).isEqualTo(oracle.getValueAtPercentile(100 * q) / 1e6);
            }
        }
    }

    @Test
    void bucketIndexesFollowEachOtherWithoutGaps() {
        for (int digits = 1; digits <= 5; digits++) {
            BucketLayout layout = BucketLayout.of(new SketchRange(1, Long.MAX_VALUE, digits));
            long next = 0;
            for (int index = 0; index < layout.length(); index++) {
                if (layout.lowest(index) != next || layout.index(next) != index) {
                    throw new AssertionError("bucket " + index + " of " + layout + " does not begin at " + next);
                }
                next = layout.highest(index) + 1;
            }
            assertThat(layout.highest(layout.length() - 1)).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void quantilesEqual() {
        RandomTicks random = new RandomTicks("quantilesEqual");
        for (int i = 0; i < RANGES; i++) {
            RandomTicks.Pair pair = random.pair(random.range(), 1 + random.below(200));
            double ticksPerUnit = pair.sketch().range().ticksPerUnit();
            for (double q : QUANTILES) {
                assertThat(pair.sketch().quantile(q).value())
                        .isEqualTo(pair.histogram().getValueAtPercentile(100 * q) / ticksPerUnit);
            }
        }
    }

    @Test
    void quantileBoundsHoldTheExactValueOfTheRank() {
        RandomTicks random = new RandomTicks("quantileBoundsHoldTheExactValueOfTheRank");
        for (int i = 0; i < RANGES; i++) {
            SketchRange range = random.range();
            Sketch sketch = new Sketch(range);
            double[] values = new double[1 + random.below(200)];
            for (int v = 0; v < values.length; v++) {
                values[v] = (random.ticks(range) + random.below(1000) / 1000.0) / range.ticksPerUnit();
                sketch.record(values[v]);
            }
            Arrays.sort(values);
            for (int percent = 1; percent <= 100; percent++) {
                Quantile quantile = sketch.quantile(percent / 100.0);
                double exact = values[(values.length * percent + 99) / 100 - 1];
                assertThat(exact).isBetween(quantile.low(), quantile.high());
            }
        }
    }

    @Test
    void encodedBytesAreTheSame() {
        RandomTicks random = new RandomTicks("encodedBytesAreTheSame");
        for (int i = 0; i < RANGES; i++) {
            RandomTicks.Pair pair = random.pair(random.range(), random.below(200));
            assertThat(pair.sketch().encode()).isEqualTo(encoded(pair));
        }
    }

    @Test
    void eachDecodesWhatTheOtherEncoded() {
        RandomTicks random = new RandomTicks("eachDecodesWhatTheOtherEncoded");
        for (int i = 0; i < RANGES; i++) {
            RandomTicks.Pair pair = random.pair(random.range(), random.below(200));
            Sketch ours = Sketch.decode(ByteBuffer.wrap(encoded(pair)));
            assertThat(ours.range()).isEqualTo(pair.sketch().range());
            assertThat(ours.count()).isEqualTo(pair.sketch().count());
            assertThat(ours.encode()).isEqualTo(pair.sketch().encode());
            Histogram theirs = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(ours.encode()), 0);
            assertThat(theirs.getTotalCount()).isEqualTo(pair.histogram().getTotalCount());
            assertThat(encoded(theirs)).isEqualTo(ours.encode());
        }
    }

    @Test
    void mergedSketchesEqualAddedHistograms() {
        RandomTicks random = new RandomTicks("mergedSketchesEqualAddedHistograms");
        for (int i = 0; i < RANGES; i++) {
            SketchRange range = random.range();
            RandomTicks.Pair left = random.pair(range, random.below(100));
            RandomTicks.Pair right = random.pair(range, random.below(100));
            left.sketch().merge(right.sketch());
            left.histogram().add(right.histogram());
            assertThat(left.sketch().encode()).isEqualTo(encoded(left));
        }
    }

    // HdrHistogram keeps the conversion ratio to itself, so it is put into the bytes.
    private static byte[] encoded(RandomTicks.Pair pair) {
        byte[] bytes = encoded(pair.histogram());
        ByteBuffer.wrap(bytes).putDouble(RATIO_OFFSET, 1 / pair.sketch().range().ticksPerUnit());
        return bytes;
    }

    private static byte[] encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }
}
