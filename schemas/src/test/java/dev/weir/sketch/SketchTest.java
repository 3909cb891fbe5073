package dev.weir.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SketchTest {
    private static final SketchRange SECONDS = SketchRange.of("request_duration_seconds", null);
    private static final int ROUNDS = 100;

    @Test
    void emptySketchHasNoQuantile() {
        Sketch sketch = new Sketch(SECONDS);
        assertThat(sketch.isEmpty()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> sketch.quantile(0.5));
    }

    @Test
    void oneValueIsEveryQuantileWithinItsBounds() {
        Sketch sketch = new Sketch(SECONDS);
        sketch.record(0.25);
        for (double q : new double[] {0, 0.5, 1}) {
            Quantile quantile = sketch.quantile(q);
            assertThat(0.25).isBetween(quantile.low(), quantile.high());
            assertThat(quantile.high() / quantile.low()).isLessThan(1.0079);
        }
    }

    @Test
    void valueIsTheShortDecimalOfItsTicks() {
        Sketch sketch = new Sketch(SECONDS);
        sketch.record(0.006015);
        assertThat(sketch.quantile(0.5).value()).isEqualTo(0.006015);
    }

    @Test
    void rankIsCeilingOfQuantileTimesCount() {
        Sketch sketch = new Sketch(new SketchRange(1, 1000, 3));
        for (int value = 1; value <= 100; value++) {
            sketch.record(value);
        }
        assertThat(sketch.quantile(0.95).value()).isEqualTo(95);
        assertThat(sketch.quantile(0.951).value()).isEqualTo(96);
        assertThat(sketch.quantile(0).value()).isEqualTo(1);
        assertThat(sketch.quantile(1).value()).isEqualTo(100);
    }

    @Test
    void valueAboveTheRangeIsClampedAndItsBoundSaysSo() {
        Sketch sketch = new Sketch(SECONDS);
        sketch.record(7200);
        Quantile median = sketch.quantile(0.5);
        assertThat(median.value()).isBetween(3600.0, 3600 * 1.0079);
        assertThat(median.high()).isInfinite();
        sketch.recordTicks(Long.MAX_VALUE, 1);
        assertThat(buckets(sketch)).hasSize(1);
    }

    @Test
    void valuesOutsideTheRangeAreCountedAsClamped() {
        Sketch sketch = new Sketch(new SketchRange(1e3, 5_000, 2));
        double[] inside = {0, 0.0005, 1, 5, Math.nextDown(5.0005)};
        double[] outside = {Double.MIN_VALUE, Math.nextDown(0.0005), 5.0005, 6, Double.POSITIVE_INFINITY};
        for (double value : inside) {
            sketch.record(value);
            assertThat(sketch.clamped()).as("%s", value).isZero();
        }
        for (int i = 0; i < outside.length; i++) {
            sketch.record(outside[i]);
            assertThat(sketch.clamped()).as("%s", outside[i]).isEqualTo(i + 1);
        }
        sketch.recordTicks(5_000, 7);
        sketch.recordTicks(0, 7);
        assertThat(sketch.clamped()).isEqualTo(5);
        sketch.recordTicks(5_001, 7);
        assertThat(sketch.clamped()).isEqualTo(12);
        assertThat(sketch.copy().clamped()).isEqualTo(12);
        Sketch merged = sketch.copy();
        merged.merge(sketch);
        assertThat(merged.clamped()).isEqualTo(24);
        sketch.reset();
        assertThat(sketch.clamped()).isZero();
    }

    @Test
    void sketchOfAnotherRangeMergesByTheMiddleOfItsBuckets() {
        RandomTicks random = new RandomTicks("sketchOfAnotherRangeMergesByTheMiddleOfItsBuckets");
        for (int i = 0; i < ROUNDS; i++) {
            Sketch target = new Sketch(random.range());
            Sketch other = random.anyForm(random.range());
            Sketch expected = new Sketch(target.range());
            other.forEachBucket(
                    (low, high, count) -> expected.recordTicks(target.range().ticks(Sketch.middle(low, high)), count));
            target.merge(other);
            assertThat(target.encode()).isEqualTo(expected.encode());
            assertThat(target.count()).isEqualTo(other.count());
        }
    }

    @Test
    void quantileOfARebucketedSketchIsOffByTheErrorsOfBothRanges() {
        RandomTicks random = new RandomTicks("quantileOfARebucketedSketchIsOffByTheErrorsOfBothRanges");
        Sketch fine = new Sketch(new SketchRange(1e6, 3_600_000_000L, 2));
        double[] values = new double[1_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.01 + random.below(1_000_000) / 1e3;
            fine.record(values[i]);
        }
        Arrays.sort(values);
        Sketch coarse = new Sketch(new SketchRange(1e5, 1L << 40, 2));
        coarse.merge(fine);
        for (int percent = 1; percent <= 100; percent++) {
            double exact = values[10 * percent - 1];
            assertThat(coarse.quantile(percent / 100.0).value())
                    .isBetween(exact * (1 - 0.0119) - 1e-5, exact * (1 + 0.0119) + 1e-5);
        }
    }

    @Test
    void whatAnotherRangeHadClampedIsCountedOnce() {
        Sketch wide = new Sketch(new SketchRange(1, 10_000, 2));
        wide.record(20_000);
        wide.record(9_999);
        wide.record(500);
        Sketch narrow = new Sketch(new SketchRange(1, 1_000, 2));
        narrow.merge(wide);
        assertThat(narrow.clamped()).isEqualTo(2);
        Sketch wider = new Sketch(new SketchRange(1, 100_000, 2));
        wider.merge(wide);
        assertThat(wider.clamped()).isEqualTo(1);
        Sketch coarse = new Sketch(new SketchRange(0.001, 10_000, 2));
        coarse.merge(narrow);
        assertThat(coarse.count()).isEqualTo(3);
        assertThat(coarse.clamped()).isEqualTo(2);
    }

    @Test
    void recordingAndMergingAllocateNothingAfterTheFirstTime() {
        RandomTicks random = new RandomTicks("recordingAndMergingAllocateNothingAfterTheFirstTime");
        Sketch pane = random.sketch(SECONDS, 300);
        Sketch sketch = new Sketch(SECONDS);
        ByteOutput out = new ByteOutput(16);
        ByteInput in = new ByteInput();
        Runnable life = () -> {
            sketch.reset();
            for (int i = 0; i < 5_000; i++) {
                sketch.record((i * 7919 % 5_000) / 1e4);
            }
            sketch.merge(pane);
            out.clear();
            pane.writeTo(out);
            sketch.mergeFrom(in.wrap(out.array(), 0, out.size()), SECONDS);
            out.clear();
            sketch.encode(out);
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20; i++) {
            life.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            life.run();
        }
        // The virtual machine itself allocates a little now and then; one array a life would be 200,000 bytes.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    @Test
    void negativeAndUndefinedValuesAreRefused() {
        Sketch sketch = new Sketch(SECONDS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sketch.record(-0.001))
                .withMessage("value is -0.001, must be >= 0 (sketch)");
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.record(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.recordTicks(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.recordTicks(1, -1));
        assertThat(sketch.isEmpty()).isTrue();
    }

    @Test
    void quantileOutsideZeroToOneIsRefused() {
        Sketch sketch = new Sketch(SECONDS);
        sketch.record(1);
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.quantile(-0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.quantile(95));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.quantile(Double.NaN));
    }

    @Test
    void countThatOverflowsIsRefusedAndNothingAdded() {
        Sketch sketch = new Sketch(SECONDS);
        sketch.recordTicks(1, Long.MAX_VALUE);
        byte[] before = sketch.encode();
        assertThatThrownBy(() -> sketch.record(5)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> sketch.merge(sketch.copy())).isInstanceOf(ArithmeticException.class);
        assertThat(sketch.encode()).isEqualTo(before);
    }

    @Test
    void mergeIsAssociativeAndCommutative() {
        RandomTicks random = new RandomTicks("mergeIsAssociativeAndCommutative");
        for (int i = 0; i < ROUNDS; i++) {
            SketchRange range = random.range();
            Sketch a = random.sketch(range, random.below(50));
            Sketch b = random.sketch(range, random.below(50));
            Sketch c = random.sketch(range, random.below(50));
            assertThat(merged(a, b).encode()).isEqualTo(merged(b, a).encode());
            assertThat(merged(merged(a, b), c).encode())
                    .isEqualTo(merged(a, merged(b, c)).encode());
        }
    }

    @Test
    void mergeWithItselfDoublesEveryCount() {
        RandomTicks random = new RandomTicks("mergeWithItselfDoublesEveryCount");
        Sketch sketch = random.sketch(SECONDS, 50);
        Sketch copy = sketch.copy();
        sketch.merge(sketch);
        assertThat(sketch.encode()).isEqualTo(merged(copy, copy).encode());
        assertThat(sketch.count()).isEqualTo(2 * copy.count());
    }

    @Test
    void copyIsIndependent() {
        Sketch sketch = new Sketch(SECONDS);
        sketch.record(1);
        Sketch copy = sketch.copy();
        copy.record(2);
        assertThat(sketch.count()).isEqualTo(1);
        assertThat(copy.count()).isEqualTo(2);
    }

    @Test
    void bucketsAreShownAscendingAndHoldEveryValue() {
        RandomTicks random = new RandomTicks("bucketsAreShownAscendingAndHoldEveryValue");
        Sketch sketch = random.sketch(SECONDS, 500);
        List<Bucket> buckets = buckets(sketch);
        assertThat(buckets.stream().mapToLong(Bucket::count).sum()).isEqualTo(sketch.count());
        for (int i = 1; i < buckets.size(); i++) {
            assertThat(buckets.get(i).low())
                    .isGreaterThanOrEqualTo(buckets.get(i - 1).high());
        }
    }

    private static Sketch merged(Sketch left, Sketch right) {
        Sketch sum = left.copy();
        sum.merge(right);
        return sum;
    }

    private static List<Bucket> buckets(Sketch sketch) {
        List<Bucket> buckets = new ArrayList<>();
        sketch.forEachBucket((low, high, count) -> buckets.add(new Bucket(low, high, count)));
        return buckets;
    }

    private record Bucket(double low, double high, long count) {}
}
