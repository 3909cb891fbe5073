package dev.weir.testing.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoubleConsumer;

/** The values of a window in ascending order, for exact percentiles. */
final class SortedValues {
    private final double[] sorted;

    SortedValues(double[] sorted) {
        this.sorted = sorted;
    }

    /** The value of nearest rank, {@code ceil(q * n)}, in decimal arithmetic: 0.95 of 100 is the 95th. */
    double quantile(double q) {
        int rank = BigDecimal.valueOf(q)
                .multiply(BigDecimal.valueOf(sorted.length))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
        return sorted[Math.max(rank, 1) - 1];
    }

    double smallest() {
        return sorted[0];
    }

    double greatest() {
        return sorted[sorted.length - 1];
    }

    void forEach(DoubleConsumer consumer) {
        for (double value : sorted) {
            consumer.accept(value);
        }
    }
}
