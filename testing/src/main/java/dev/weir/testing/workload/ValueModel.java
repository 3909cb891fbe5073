package dev.weir.testing.workload;

/**
 * How the values of one series are distributed while nothing is wrong.
 *
 * <p>Every distribution is bounded, so that a scenario can promise which thresholds its ordinary traffic never crosses.
 */
public sealed interface ValueModel {

    /** Measured values: log-normal around {@code median}, never beyond {@code median * e^(±3.47 sigma)}, in millionths. */
    record Spread(double median, double sigma) implements ValueModel {
        public Spread {
            Require.positive("median", median);
            Require.notNegative("sigma", sigma);
        }

        @Override
        public double draw(long bits, long timestampMs) {
            return Math.rint(median * StrictMath.exp(sigma * Randomness.bell(bits)) * 1e6) / 1e6;
        }
    }

    /** A level: {@code base * (1 ± jitter)}, rounded to whole multiples of {@code 1 / stepsPerUnit}. */
    record Level(double base, double jitter, double stepsPerUnit) implements ValueModel {
        public Level {
            Require.notNegative("base", base);
            Require.notNegative("jitter", jitter);
            Require.positive("stepsPerUnit", stepsPerUnit);
        }

        @Override
        public double draw(long bits, long timestampMs) {
            double level = base * (1 + jitter * (2 * Randomness.unit(bits) - 1));
            return Math.rint(level * stepsPerUnit) / stepsPerUnit;
        }
    }

    /**
     * What a counter of whole things grew by since the event before: {@code mean * (1 ± 15 %)} following the time of day,
     * rounded up or down at random so that the mean is kept.
     */
    record Increment(double mean) implements ValueModel {
        private static final double JITTER = 0.15;

        public Increment {
            Require.notNegative("mean", mean);
        }

        @Override
        public double draw(long bits, long timestampMs) {
            double expected = mean * (1 + JITTER * (2 * Randomness.unit(bits) - 1)) * TimeOfDay.load(timestampMs);
            return Math.floor(expected + Randomness.unit(Randomness.mix(bits)));
        }

        @Override
        public double scale(double value, double factor, long bits, long timestampMs) {
            return new Increment(mean * factor).draw(bits, timestampMs);
        }
    }

    /** The value of the event whose random bits are {@code bits}. */
    double draw(long bits, long timestampMs);

    /** The value that {@code value} becomes where an incident multiplies the series by {@code factor}. */
    default double scale(double value, double factor, long bits, long timestampMs) {
        return Math.rint(value * factor * 1e6) / 1e6;
    }
}
