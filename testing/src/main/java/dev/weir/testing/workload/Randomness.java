package dev.weir.testing.workload;

/**
 * Random numbers as a pure function of the seed, the series and the number of the event.
 *
 * <p>SplitMix64: the finalizer applied to a counter that moves by the golden ratio (Steele, Lea, Flood, "Fast splittable
 * pseudorandom number generators", 2014), so that number {@code i} needs none of the numbers before it.
 */
final class Randomness {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final double UNIT_53 = 0x1.0p-53;
    private static final double UNIT_16 = 0x1.0p-16;
    private static final double BELL_SCALE = Math.sqrt(3);

    private Randomness() {}

    /** 64 random bits: number {@code index} of the sequence that {@code seed} starts. */
    static long bits(long seed, long index) {
        return mix(seed + index * GOLDEN_RATIO);
    }

    /** 64 bits that look unrelated to {@code bits}. */
    static long mix(long bits) {
        long z = bits + GOLDEN_RATIO;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number of [0, 1). */
    static double unit(long bits) {
        return (bits >>> 11) * UNIT_53;
    }

    /** A number of about the standard normal distribution, within ±3.47: the scaled sum of four 16-bit uniforms. */
    static double bell(long bits) {
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum * UNIT_16 - 2) * BELL_SCALE;
    }

    /** A seed of its own for each text and number under one seed. */
    static long seed(long seed, String text, int number) {
        long mixed = mix(seed);
        for (int i = 0; i < text.length(); i++) {
            mixed = mix(mixed ^ text.charAt(i));
        }
        return mix(mixed ^ number);
    }
}
