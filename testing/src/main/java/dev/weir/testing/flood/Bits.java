package dev.weir.testing.flood;

/** Random bits without state: the finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
final class Bits {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private Bits() {}

    static long mix(long bits) {
        long z = bits + GOLDEN_RATIO;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
