package dev.weir.benchmarks.engine.workload;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;

/**
 * What measurement {@code tick} of a series is: a pure function of both, so that the oracle needs no record of it.
 *
 * <p>Values are whole multiples of 2^-20, so that their sums are exact in a long.
 */
public final class EventIntent {
    /** Parts of a unit in which values are counted. */
    public static final double PARTS = 1 << 20;

    private static final long SEED = 20_261_122;
    private static final int SHAPES = 4_096;
    private static final double SPREAD = 0.35;
    private static final long FIRST_BASE = 2_500;
    private static final int BASES = 16;
    private static final int ERRORS = 40;
    private static final double[] SHAPE = shape();

    private EventIntent() {}

    /** The value in parts of 2^-20: durations around 2.5 to 40 ms with a long tail, or increments of 1 to 4. */
    public static long valueParts(int series, int tick, MetricKind kind) {
        long random = random(series, tick);
        if (kind == MetricKind.COUNT) {
            return ((random & 3) + 1) << 20;
        }
        long base = FIRST_BASE * (series % BASES + 1);
        return (long) (base * SHAPE[(int) (random & (SHAPES - 1))]) + (random >>> 56);
    }

    public static double value(int series, int tick, MetricKind kind) {
        return valueParts(series, tick, kind) / PARTS;
    }

    /** One of 40 measurements is an error, and all of those with status 500. */
    public static Outcome outcome(int series, int inInstance, int tick) {
        boolean error = SeriesNames.isError(inInstance) || (random(series, tick) >>> 20) % ERRORS == 0;
        return error ? Outcome.ERROR : Outcome.SUCCESS;
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static long random(int series, int tick) {
        long z = SEED + ((long) series << 32 | tick) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Quantiles of a log-logistic distribution with median 1; StrictMath, so that all processes agree. */
    private static double[] shape() {
        double[] shape = new double[SHAPES];
        for (int i = 0; i < SHAPES; i++) {
            double u = (i + 0.5) / SHAPES;
            shape[i] = StrictMath.exp(SPREAD * StrictMath.log(u / (1 - u)));
        }
        return shape;
    }
}
