package dev.weir.alerting.eval;

/** Aggregates of the values that a series had in a range; at least one. */
final class OverTime {
    private OverTime() {}

    static double sum(double[] values) {
        CompensatedSum sum = new CompensatedSum();
        for (double value : values) {
            sum.add(value);
        }
        return sum.value();
    }

    /** Mean that does not overflow where the sum would. Once infinite it stays so, unless the other infinity comes. */
    static double mean(double[] values) {
        CompensatedSum mean = new CompensatedSum();
        double count = 0;
        for (double value : values) {
            count++;
            double before = mean.rounded();
            if (Double.isInfinite(before) && !Double.isNaN(value) && value != -before) {
                continue;
            }
            mean.add(value / count - before / count);
        }
        return mean.value();
    }

    /** Variance of all values, Welford's way with compensated sums. */
    static double variance(double[] values) {
        CompensatedSum mean = new CompensatedSum();
        CompensatedSum squares = new CompensatedSum();
        double count = 0;
        for (double value : values) {
            count++;
            double delta = value - mean.finite();
            mean.add(delta / count);
            squares.add(delta * (value - mean.finite()));
        }
        return squares.finite() / count;
    }

    /** NaN gives way to any number. */
    static double min(double[] values) {
        double min = values[0];
        for (double value : values) {
            if (value < min || Double.isNaN(min)) {
                min = value;
            }
        }
        return min;
    }

    /** NaN gives way to any number. */
    static double max(double[] values) {
        double max = values[0];
        for (double value : values) {
            if (value > max || Double.isNaN(max)) {
                max = value;
            }
        }
        return max;
    }

    /** How often the value changed; from NaN to NaN it does not. */
    static double changes(double[] values) {
        int changes = 0;
        for (int i = 1; i < values.length; i++) {
            boolean bothNaN = Double.isNaN(values[i]) && Double.isNaN(values[i - 1]);
            if (values[i] != values[i - 1] && !bothNaN) {
                changes++;
            }
        }
        return changes;
    }

    /** How often the value fell. */
    static double resets(double[] values) {
        int resets = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[i - 1]) {
                resets++;
            }
        }
        return resets;
    }
}
