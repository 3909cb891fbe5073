package dev.weir.benchmarks.sketch;

import java.util.Random;

/** Service times in seconds, log-normal around 10 ms: mostly 2 to 50 ms, now and then a second. */
final class Latencies {
    private static final double LOG_MEDIAN = Math.log(0.010);
    private static final double SPREAD = 0.9;

    private Latencies() {}

    static double[] of(int count, long seed) {
        Random random = new Random(seed);
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            seconds[i] = Math.exp(LOG_MEDIAN + SPREAD * random.nextGaussian());
        }
        return seconds;
    }
}
