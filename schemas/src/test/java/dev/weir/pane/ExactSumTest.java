package dev.weir.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExactSumTest {
    @Test
    void sumEqualsBigDecimalsRoundedOnce() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            ExactSum left = new ExactSum();
            ExactSum right = new ExactSum();
            BigDecimal exact = BigDecimal.ZERO;
            int values = random.nextInt(30);
            for (int i = 0; i < values; i++) {
                double value = anyDouble(random, round % 4);
                exact = exact.add(new BigDecimal(value));
                (random.nextBoolean() ? left : right).add(value);
            }
            left.add(right);
            assertThat(left.value()).as("seed %s round %s", seed, round).isEqualTo(exact.doubleValue());
            assertThat(copy(left).value()).as("seed %s round %s", seed, round).isEqualTo(exact.doubleValue());
        }
    }

    @Test
    void tenTimesATenthIsTheRoundedSumOfTheTenths() {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < 10; i++) {
            sum.add(0.1);
        }
        assertThat(sum.value()).isEqualTo(1.0);
    }

    @Test
    void infiniteValueIsRefused() {
        assertThatThrownBy(() -> new ExactSum().add(Double.POSITIVE_INFINITY))
                .hasMessage("value is Infinity, must be finite");
    }

    private static double anyDouble(Random random, int shape) {
        return switch (shape) {
            case 0 -> random.nextInt(100_000) / 1_000.0;
            case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(20));
            case 2 -> {
                double value = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(value) && Math.abs(value) < 1e300 ? value : 0;
            }
            default -> Double.MIN_VALUE * random.nextInt(1_000);
        };
    }

    private static ExactSum copy(ExactSum sum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sum.writeTo(new DataOutputStream(bytes));
        return ExactSum.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
