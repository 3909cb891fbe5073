package dev.weir.benchmarks.sketch;

import dev.weir.sketch.Sketch;
import java.util.Random;

/** Service times in seconds. */
final class Latencies {
    private static final double LOG_MEDIAN = Math.log(0.010);
    private static final double SPREAD = 0.9;
    private static final double LOWEST = 0.002;

    private Latencies() {}

    /** Log-normal around 10 ms: mostly 2 to 50 ms, now and then a second. */
    static double[] of(int count, long seed) {
        Random random = new Random(seed);
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            seconds[i] = Math.exp(LOG_MEDIAN + SPREAD * random.nextGaussian());
        }
        return seconds;
    }

    /** Values, each bucket equally likely, of so many neighbouring buckets of Weir's sketch from 2 ms on. */
    static double[] ofBuckets(int buckets, int count, long seed) {
        double[] middles = middles(buckets);
        Random random = new Random(seed);
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            seconds[i] = middles[i < buckets ? i : random.nextInt(buckets)];
        }
        return seconds;
    }

    private static double[] middles(int buckets) {
        double[] middles = new double[buckets];
        double value = LOWEST;
        for (int i = 0; i < buckets; i++) {
            Sketch one = new Sketch(WeirContender.RANGE);
            one.record(value);
            double[] bounds = new double[2];
            one.forEachBucket((low, high, count) -> {
                bounds[0] = low;
                bounds[1] = high;
            });
            middles[i] = Sketch.middle(bounds[0], bounds[1]);
            value = bounds[1];
        }
        return middles;
    }
}
