package dev.weir.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
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
