package dev.weir.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RunningTotalTest {
    private final long seed = Long.getLong("weir.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    RunningTotalTest() {
        System.out.println("RunningTotalTest: -Dweir.test.seed=" + seed);
    }

    @Test
    void samplesInAnyOrderAreSortedAndReadBack() {
        for (int round = 0; round < 500; round++) {
            boolean whole = random.nextBoolean();
            List<Point> points = new ArrayList<>();
            for (int i = random.nextInt(60); i >= 0; i--) {
                double value = whole ? random.nextInt(10) : random.nextDouble();
                points.add(new Point(random.nextInt(40) - 10L, value));
            }
            RunningTotal total = totalOf(points);
            Collections.sort(points);
            assertThat(total.points()).isEqualTo(points);
            assertThat(total.increase()).isEqualTo(increase(points));
            assertThat(copy(total).points()).isEqualTo(points);
            assertThat(total.lastTimestampMs())
                    .isEqualTo(points.get(points.size() - 1).timestampMs());
            assertThat(total.lastValue())
                    .isEqualTo(points.get(points.size() - 1).value());
        }
    }

    @Test
    void samplesAreDroppedAboveTheBoundOnly() {
        RunningTotal total = new RunningTotal();
        for (int i = 0; i < RunningTotal.MAX_POINTS; i++) {
            total.add(i, i);
        }
        assertThat(total.points()).hasSize(RunningTotal.MAX_POINTS);
        total.add(RunningTotal.MAX_POINTS, RunningTotal.MAX_POINTS);
        assertThat(total.points())
                .containsExactly(new Point(0, 0), new Point(RunningTotal.MAX_POINTS, RunningTotal.MAX_POINTS));
        assertThat(total.increase()).isEqualTo(RunningTotal.MAX_POINTS);
    }

    @Test
    void everyResetIsKept() {
        RunningTotal total = new RunningTotal();
        for (int i = 0; i < 5_000; i++) {
            total.add(i, i % 2);
        }
        assertThat(total.increase()).isEqualTo(2_500);
        assertThat(total.points()).hasSize(5_000);
    }

    @Test
    void wholeRisingTotalTakesFewBytesASample() {
        RunningTotal total = new RunningTotal();
        for (int i = 0; i < 100; i++) {
            total.add(1_700_000_000_000L + 1_000L * i, 1e6 + 10 * i);
        }
        assertThat(bytes(total)).hasSizeLessThan(100 * 3 + 16);
    }

    @Test
    void malformedBytesAreRefused() {
        ByteOutput claims = new ByteOutput(16);
        claims.putVarLong(2 * 100 + 1);
        claims.putBytes(new byte[199], 0, 199);
        assertRefused("samples are 100, must be 1 to half the 199 bytes that follow", claims);
        ByteOutput infinite = new ByteOutput(16);
        infinite.putVarLong(2);
        infinite.putZigZag(5);
        infinite.putDouble(Double.POSITIVE_INFINITY);
        assertRefused("value of a sample is Infinity, must be finite", infinite);
    }

    private static void assertRefused(String message, ByteOutput out) {
        ByteInput in = new ByteInput().wrap(out.toByteArray());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunningTotal().addFrom(in))
                .withMessage(message);
    }

    private static double increase(List<Point> sorted) {
        BigDecimal increase = BigDecimal.ZERO;
        for (int i = 1; i < sorted.size(); i++) {
            BigDecimal before = new BigDecimal(sorted.get(i - 1).value());
            BigDecimal value = new BigDecimal(sorted.get(i).value());
            increase = increase.add(value.compareTo(before) >= 0 ? value.subtract(before) : value);
        }
        return increase.doubleValue();
    }

    private static RunningTotal totalOf(List<Point> points) {
        RunningTotal total = new RunningTotal();
        points.forEach(point -> total.add(point.timestampMs(), point.value()));
        return total;
    }

    private static RunningTotal copy(RunningTotal total) {
        RunningTotal copy = new RunningTotal();
        copy.addFrom(new ByteInput().wrap(bytes(total)));
        return copy;
    }

    private static byte[] bytes(RunningTotal total) {
        ByteOutput out = new ByteOutput(16);
        total.writeTo(out);
        return out.toByteArray();
    }
}
