package dev.weir.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExactSumTest {
    private static final int ROUNDS = 5_000;
    private static final int SHAPES = 9;

    private final long seed = Long.getLong("weir.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    ExactSumTest() {
        System.out.println("ExactSumTest: -Dweir.test.seed=" + seed);
    }

    @Test
    void sumEqualsBigDecimalsRoundedOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Double> values = values(round % SHAPES);
            ExactSum left = new ExactSum();
            ExactSum right = new ExactSum();
            BigDecimal exact = BigDecimal.ZERO;
            for (double value : values) {
                exact = exact.add(new BigDecimal(value));
                (random.nextBoolean() ? left : right).add(value);
            }
            ExactSum fromBytes = copy(left);
            fromBytes.addFrom(new ByteInput().wrap(bytes(right)));
            left.add(right);
            assertThat(left.value()).as("round %s %s", round, values).isEqualTo(exact.doubleValue());
            assertThat(fromBytes.value()).as("round %s %s", round, values).isEqualTo(exact.doubleValue());
            assertThat(left.isZero()).isEqualTo(exact.signum() == 0);
            assertThat(ExactSum.decode(ByteBuffer.wrap(left.encode())))
                    .as("round %s %s", round, values)
                    .isEqualByComparingTo(exact);
            if (left.isDouble()) {
                assertThat(new BigDecimal(left.value()))
                        .as("round %s %s", round, values)
                        .isEqualByComparingTo(exact);
            }
        }
    }

    @Test
    void wholeNumbersAreDoublesAndTenthsAreNot() {
        assertThat(sum(List.of(3.0, 4.0, -1e6)).isDouble()).isTrue();
        assertThat(sum(List.of(0.5, 0.25, 1_048_576.0)).isDouble()).isTrue();
        assertThat(sum(List.of()).isDouble()).isTrue();
        assertThat(sum(List.of(0.1, 0.2)).isDouble()).isFalse();
    }

    @Test
    void bytesBehindAnExactSumAreRefused() {
        assertThatThrownBy(() -> ExactSum.decode(ByteBuffer.wrap(new byte[] {0, 7})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("exact sum is malformed: 1 bytes follow its 1");
    }

    @Test
    void anyOrderGivesTheSameBytes() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Double> values = values(round % SHAPES);
            byte[] inOrder = bytes(sum(values));
            Collections.shuffle(values, random);
            int split = random.nextInt(values.size() + 1);
            ExactSum parts = sum(values.subList(0, split));
            parts.add(copy(sum(values.subList(split, values.size()))));
            assertThat(bytes(parts)).as("round %s %s", round, values).isEqualTo(inOrder);
        }
    }

    @Test
    void sumsOnEachSideOfATieAreRoundedToNearestEven() {
        double half = Math.ulp(1.0) / 2;
        for (double whole : new double[] {1, 1 + 2 * half, 1 + 4 * half}) {
            for (double beyond : new double[] {-Double.MIN_VALUE, -1e-30, 0, 1e-30, Double.MIN_VALUE}) {
                for (double sign : new double[] {1, -1}) {
                    List<Double> values = List.of(sign * whole, sign * half, sign * beyond);
                    BigDecimal exact = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
                    assertThat(sum(values).value()).as("%s", values).isEqualTo(exact.doubleValue());
                }
            }
        }
    }

    @Test
    void sumBeyondTheGreatestDoubleIsInfiniteUntilItComesBack() {
        ExactSum sum = sum(List.of(Double.MAX_VALUE, Double.MAX_VALUE));
        assertThat(sum.value()).isEqualTo(Double.POSITIVE_INFINITY);
        sum.add(-Double.MAX_VALUE);
        assertThat(sum.value()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void sumOfManyFillsAllBitsAndGoesOn() {
        ExactSum sum = new ExactSum();
        sum.add(Math.nextDown(1.0));
        for (int i = 0; i < 200; i++) {
            sum.add(sum);
        }
        assertThat(sum.value()).isEqualTo(Math.scalb(Math.nextDown(1.0), 200));
        ExactSum negative = sum(List.of(-Math.nextDown(1.0)));
        for (int i = 0; i < 200; i++) {
            negative.add(copy(negative));
        }
        sum.add(negative);
        assertThat(sum.isZero()).isTrue();
        assertThat(bytes(sum)).containsExactly(0);
    }

    @Test
    void tenTimesATenthIsTheRoundedSumOfTheTenths() {
        assertThat(sum(Collections.nCopies(10, 0.1)).value()).isEqualTo(1.0);
    }

    @Test
    void wholeNumbersTakeFewBytes() {
        assertThat(bytes(sum(List.of(1.0)))).hasSize(3);
        assertThat(bytes(sum(List.of(1000.0, -1.0)))).hasSize(4);
    }

    @Test
    void valueThatIsNotFiniteIsRefused() {
        for (double value : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
            assertThatThrownBy(() -> new ExactSum().add(value)).hasMessage("value is " + value + ", must be finite");
        }
    }

    @Test
    void malformedBytesAreRefused() {
        assertRefused("sum has 272 bytes, must be 0 to 271", 272, 0);
        assertRefused("exponent of a sum of 1 bytes is -1075, must be -1074 to 1087", 1, -1075, 1);
        assertRefused("exponent of a sum of 1 bytes is 1088, must be -1074 to 1087", 1, 1088, 1);
        assertRefused("exponent of a sum of 2 bytes is 1087, must be -1074 to 1079", 2, 1087, 1, 1);
        assertRefused("bytes end at 2, must hold 3 more from 2", 3, 0);
    }

    private static void assertRefused(String message, long length, long exponent, int... units) {
        ByteOutput out = new ByteOutput(16);
        out.putVarLong(length);
        out.putZigZag(exponent);
        for (int unit : units) {
            out.putByte(unit);
        }
        ByteInput in = new ByteInput().wrap(out.toByteArray());
        assertThatThrownBy(() -> new ExactSum().addFrom(in))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private List<Double> values(int shape) {
        List<Double> values = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            double value = anyDouble(shape);
            values.add(value);
            if (random.nextInt(4) == 0) {
                values.add(-value);
            }
        }
        return values;
    }

    private double anyDouble(int shape) {
        return switch (shape) {
            case 0 -> random.nextInt(100_000) / 1_000.0;
            case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(20));
            case 2 -> anyMagnitude();
            case 3 -> Double.MIN_VALUE * random.nextInt(1_000);
            case 4 -> Double.longBitsToDouble(random.nextLong() >>> random.nextInt(1, 30) & (1L << 52) - 1);
            case 5 -> random.nextBoolean() ? 1e300 * random.nextGaussian() : 1e-300 * random.nextGaussian();
            case 6 -> Math.scalb(random.nextBoolean() ? 1.0 : -1.0, random.nextInt(-70, 70));
            case 7 -> random.nextInt(5) - 2;
            default -> Math.scalb(1 + random.nextDouble(), random.nextInt(-40, 40));
        };
    }

    private double anyMagnitude() {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) && Math.abs(value) < 1e300 ? value : 0;
    }

    private static ExactSum sum(List<Double> values) {
        ExactSum sum = new ExactSum();
        values.forEach(sum::add);
        return sum;
    }

    private static ExactSum copy(ExactSum sum) {
        ExactSum copy = new ExactSum();
        ByteInput in = new ByteInput().wrap(bytes(sum));
        copy.addFrom(in);
        assertThat(in.remaining()).isZero();
        return copy;
    }

    private static byte[] bytes(ExactSum sum) {
        ByteOutput out = new ByteOutput(16);
        sum.writeTo(out);
        return out.toByteArray();
    }
}
