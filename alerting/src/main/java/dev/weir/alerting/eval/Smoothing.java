package dev.weir.alerting.eval;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Double exponential smoothing (Holt 1957): the level that the samples tend to.
 *
 * @param factor weight of a new sample against the level so far, in (0, 1)
 * @param trend weight of a new trend against the one so far, in (0, 1)
 */
record Smoothing(double factor, double trend) {
    Smoothing {
        check("smoothing", "sf", factor);
        check("trend", "tf", trend);
    }

    OptionalDouble of(double[] values) {
        if (values.length < 2) {
            return OptionalDouble.empty();
        }
        double before = 0;
        double level = values[0];
        double slope = values[1] - values[0];
        for (int i = 1; i < values.length; i++) {
            double sample = factor * values[i];
            if (i > 1) {
                slope = trend * (level - before) + (1 - trend) * slope;
            }
            double expected = (1 - factor) * (level + slope);
            before = level;
            level = sample + expected;
        }
        return OptionalDouble.of(level);
    }

    private static void check(String name, String symbol, double value) {
        if (value <= 0 || value >= 1) {
            throw new EvaluationException(String.format(
                    Locale.ROOT, "invalid %s factor. Expected: 0 < %s < 1, got: %f", name, symbol, value));
        }
    }
}
