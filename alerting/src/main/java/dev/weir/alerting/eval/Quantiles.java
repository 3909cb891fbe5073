package dev.weir.alerting.eval;

import java.util.Arrays;

/** Quantile of values: linear between the two nearest ranks, NaN below any number. */
final class Quantiles {
    private Quantiles() {}

    static double of(double q, double[] values) {
        if (!(q >= 0 && q <= 1)) {
            return outside(q);
        }
        double[] sorted = sorted(values);
        double rank = q * (sorted.length - 1);
        int lower = (int) Math.max(0, Math.floor(rank));
        int upper = Math.min(sorted.length - 1, lower + 1);
        double weight = rank - Math.floor(rank);
        return sorted[lower] * (1 - weight) + sorted[upper] * weight;
    }

    /** The quantile of a q that is none. */
    static double outside(double q) {
        return Double.isNaN(q) ? Double.NaN : q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int numbers = sorted.length;
        while (numbers > 0 && Double.isNaN(sorted[numbers - 1])) {
            numbers--;
        }
        int nans = sorted.length - numbers;
        System.arraycopy(sorted, 0, sorted, nans, numbers);
        Arrays.fill(sorted, 0, nans, Double.NaN);
        return sorted;
    }
}
