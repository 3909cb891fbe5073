package dev.weir.testing.workload;

/** The daily rise and fall of traffic: 15 % above its mean at 15:00 UTC, 15 % below it at 03:00 UTC. */
final class TimeOfDay {
    private static final double AMPLITUDE = 0.15;
    private static final long DAY_MS = 86_400_000L;
    private static final long RISING_MEAN_MS = 9 * 3_600_000L;

    private TimeOfDay() {}

    static double load(long timestampMs) {
        double turn = Math.floorMod(timestampMs - RISING_MEAN_MS, DAY_MS) / (double) DAY_MS;
        return 1 + AMPLITUDE * StrictMath.sin(2 * Math.PI * turn);
    }
}
