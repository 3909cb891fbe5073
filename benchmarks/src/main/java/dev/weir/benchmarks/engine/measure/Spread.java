package dev.weir.benchmarks.engine.measure;

import java.util.Arrays;
import java.util.Collection;

/** Middle and extremes of a few repetitions. The median of an even number is the mean of the middle two. */
public record Spread(double median, double min, double max) {

    /**
     * The spread of some figures, in any order.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Spread of(Collection<Double> repetitions) {
        if (repetitions.isEmpty()) {
            throw new IllegalArgumentException("repetitions are none, must be at least 1 (spread)");
        }
        double[] sorted =
                repetitions.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int upper = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElse(median));
    }
}
