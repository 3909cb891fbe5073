package dev.weir.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
