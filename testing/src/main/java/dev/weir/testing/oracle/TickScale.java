package dev.weir.testing.oracle;

import org.jspecify.annotations.Nullable;

/**
 * The documented range of sketches of a unit, kept to {@link #DIGITS} significant digits.
 *
 * @param ticksPerUnit ticks in one unit
 * @param highest the tick to which greater values are clamped
 */
record TickScale(double ticksPerUnit, long highest) {
    static final int DIGITS = 2;

    private static final long HOUR_IN_MICROSECONDS = 3_600_000_000L;

    /**
     * The range of a unit.
     *
     * @throws IllegalArgumentException if it is none of those that generated observations have
     */
    static TickScale of(@Nullable String unit) {
        if (unit == null) {
            throw new IllegalArgumentException("unit is null, must be s, us or By (observations)");
        }
        return switch (unit) {
            case "s" -> new TickScale(1e6, HOUR_IN_MICROSECONDS);
            case "us" -> new TickScale(1, HOUR_IN_MICROSECONDS);
            case "By" -> new TickScale(1, 1L << 50);
            default -> throw new IllegalArgumentException("unit is " + unit + ", must be s, us or By (observations)");
        };
    }

    long ticks(double value) {
        return Math.min(Math.round(value * ticksPerUnit), highest);
    }
}
