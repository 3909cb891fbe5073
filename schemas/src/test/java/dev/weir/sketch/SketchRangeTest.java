package dev.weir.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SketchRangeTest {
    @Test
    void unitDecidesAndSuffixOnlyWithoutUnit() {
        SketchRange seconds = new SketchRange(1e6, 3_600_000_000L, 2);
        assertThat(SketchRange.of("wait_seconds", null)).isEqualTo(seconds);
        assertThat(SketchRange.of("wait", "s")).isEqualTo(seconds);
        assertThat(SketchRange.of("wait_seconds", "ms")).isEqualTo(new SketchRange(1e3, 3_600_000_000L, 2));
        assertThat(SketchRange.of("wait", "us")).isEqualTo(new SketchRange(1, 3_600_000_000L, 2));
        assertThat(SketchRange.of("body_bytes", null)).isEqualTo(new SketchRange(1, 1L << 50, 2));
        assertThat(SketchRange.of("score", null)).isEqualTo(new SketchRange(1e6, 1L << 50, 2));
    }

    @Test
    void ticksAreRoundedAndClamped() {
        SketchRange range = new SketchRange(1e3, 5000, 2);
        assertThat(range.ticks(0.0014999)).isEqualTo(1);
        assertThat(range.ticks(0.0015)).isEqualTo(2);
        assertThat(range.ticks(-3)).isZero();
        assertThat(range.ticks(5.001)).isEqualTo(5000);
        assertThat(range.ticks(Double.POSITIVE_INFINITY)).isEqualTo(5000);
    }

    @Test
    void faultyRangesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SketchRange(0, 100, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new SketchRange(Double.NaN, 100, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new SketchRange(Double.POSITIVE_INFINITY, 100, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new SketchRange(Double.MIN_VALUE, 100, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new SketchRange(1 / 3.0, 100, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new SketchRange(1, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new SketchRange(1, 100, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SketchRange(1, 100, 6))
                .withMessage("digits is 6, must be 1 to 5 (sketch range)");
    }

    @Test
    void limitsInTheUnitBecomeTicks() {
        assertThat(SketchRange.between(1e-6, 3600, 2)).isEqualTo(new SketchRange(1e6, 3_600_000_000L, 2));
        assertThat(SketchRange.between(1e-9, 1, 3)).isEqualTo(new SketchRange(1e9, 1_000_000_000, 3));
        assertThat(SketchRange.between(1e3, 1e12, 1)).isEqualTo(new SketchRange(1e-3, 1_000_000_000, 1));
        assertThat(SketchRange.between(0.3, 0.7, 2).highestTicks()).isEqualTo(3);
        assertThat(SketchRange.between(1e-300, 1e-290, 2).highestTicks()).isEqualTo(10_000_000_000L);
        assertThat(SketchRange.between(1e290, 1e300, 2).highestTicks()).isEqualTo(10_000_000_000L);
    }

    @Test
    void valuesAtBothLimitsAreInsideAndThoseBeyondClamped() {
        for (double[] limits :
                new double[][] {{1e-9, 1e6}, {1e-6, 3600}, {0.25, 100}, {1, 1e12}, {1e9, 1e12}, {0.3, 0.9}}) {
            Sketch sketch = new Sketch(SketchRange.between(limits[0], limits[1], 2));
            for (double inside :
                    new double[] {limits[0], Math.nextUp(limits[0]), limits[1], Math.nextDown(limits[1])}) {
                sketch.record(inside);
                assertThat(sketch.clamped())
                        .as("%s of %s", inside, sketch.range())
                        .isZero();
            }
            sketch.record(limits[0] * 0.49);
            assertThat(sketch.clamped()).as("below %s", sketch.range()).isEqualTo(1);
            sketch.record(limits[1] + limits[0]);
            assertThat(sketch.clamped()).as("above %s", sketch.range()).isEqualTo(2);
        }
    }

    @Test
    void limitsAtTheBoundsAreTakenAndThoseBeyondRefused() {
        assertThat(SketchRange.between(1, 2, 2).highestTicks()).isEqualTo(2);
        assertThat(SketchRange.between(1, Math.nextDown(0x1p63), 2).highestTicks())
                .isGreaterThan(1L << 62);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SketchRange.between(1, 1, 2))
                .withMessage("highest is 1.0, must be finite and at least twice the lowest 1.0 (sketch range)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SketchRange.between(1e-9, 1e12, 2))
                .withMessage(
                        "highest is 1.0E12, must be less than 2^63 (9.2e18) times the lowest 1.0E-9 (sketch range)");
        assertThatIllegalArgumentException().isThrownBy(() -> SketchRange.between(1, 0x1p63 * 1.001, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> SketchRange.between(1, Double.POSITIVE_INFINITY, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> SketchRange.between(1, Double.NaN, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> SketchRange.between(1, -5, 2));
        for (double lowest : new double[] {0, -1, Double.NaN, Double.MIN_VALUE, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SketchRange.between(lowest, 10, 2))
                    .withMessageStartingWith("lowest is " + lowest);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SketchRange.between(1, 10, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> SketchRange.between(1, 10, 6));
    }

    @Test
    void bytesOfARangeAreReadBackAndThoseOfADefaultAreOne() {
        SketchRange custom = SketchRange.between(1e-9, 1, 3);
        for (String unit : new String[] {"s", "ms", "us", "By", "other", ""}) {
            SketchRange range = unit.isEmpty() ? custom : SketchRange.of("m", unit);
            ByteOutput out = new ByteOutput(4);
            range.writeTo(out);
            assertThat(out.size()).isEqualTo(unit.isEmpty() ? 15 : 1);
            ByteInput in = new ByteInput().wrap(out.toByteArray());
            assertThat(SketchRange.read(in, custom)).isEqualTo(range);
            assertThat(in.remaining()).isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SketchRange.read(new ByteInput().wrap(new byte[] {6}), custom))
                .withMessage("code of a sketch range is 6, must be 0 to 5");
    }

    @Test
    void everyScaleSurvivesBeingStoredAsItsReciprocal() {
        long seed = Long.getLong("weir.test.seed", new Random().nextLong());
        System.out.println("everyScaleSurvivesBeingStoredAsItsReciprocal: -Dweir.test.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double scale =
                    Double.parseDouble(random.nextLong(1, 1_000_000_000_000_000L) + "e" + random.nextInt(-60, 60));
            SketchRange range = new SketchRange(scale, 100, 2);
            assertThat(SketchRange.ofRatio(range.unitsPerTick(), 100, 2)).isEqualTo(range);
        }
    }
}
