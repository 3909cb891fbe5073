package dev.weir.sketch;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * The fixed-point range of a sketch: values become whole ticks from 0 to {@code highestTicks}, kept to {@code digits}
 * significant decimal digits. Only sketches of equal ranges merge.
 *
 * @param ticksPerUnit ticks in one unit of the metric, such as 1e6 for seconds kept in microseconds; at most 15 significant
 *     decimal digits, so that it survives being stored as its reciprocal
 * @param highestTicks the greatest tick that is told apart; values above it are clamped to it
 * @param digits significant decimal digits, 1 to 5
 */
public record SketchRange(double ticksPerUnit, long highestTicks, int digits) {
    private static final int DEFAULT_DIGITS = 2;
    private static final long HOUR_IN_MICROSECONDS = 3_600_000_000L;
    private static final long HIGHEST_OTHER = 1L << 50;
    private static final double MAX_EXACT_INTEGER = 1e15;
    private static final MathContext STORED_DIGITS = new MathContext(15);

    public SketchRange {
        if (!(ticksPerUnit > 0) || Double.isInfinite(1 / ticksPerUnit) || Double.isInfinite(ticksPerUnit)) {
            throw new IllegalArgumentException(
                    "ticksPerUnit is " + ticksPerUnit + ", must be > 0 with a finite reciprocal (sketch range)");
        }
        if (storable(ticksPerUnit) != ticksPerUnit) {
            throw new IllegalArgumentException("ticksPerUnit is " + ticksPerUnit
                    + ", must have at most 15 significant decimal digits (sketch range)");
        }
        if (highestTicks < 2) {
            throw new IllegalArgumentException("highestTicks is " + highestTicks + ", must be >= 2 (sketch range)");
        }
        if (digits < 1 || digits > 5) {
            throw new IllegalArgumentException("digits is " + digits + ", must be 1 to 5 (sketch range)");
        }
    }

    /**
     * The default range of a metric, 2 digits: times from 1 µs to 1 h, bytes one by one up to 2^50, anything else in
     * millionths up to 2^50 of them. An absent unit is taken from the suffix of the metric's name.
     */
    public static SketchRange of(String metric, @Nullable String unit) {
        String symbol = unit == null || unit.isEmpty() ? unitOfSuffix(metric) : unit;
        return switch (symbol) {
            case "s", "seconds" -> new SketchRange(1e6, HOUR_IN_MICROSECONDS, DEFAULT_DIGITS);
            case "ms", "milliseconds" -> new SketchRange(1e3, HOUR_IN_MICROSECONDS, DEFAULT_DIGITS);
            case "us", "microseconds" -> new SketchRange(1, HOUR_IN_MICROSECONDS, DEFAULT_DIGITS);
            case "By", "bytes" -> new SketchRange(1, HIGHEST_OTHER, DEFAULT_DIGITS);
            default -> new SketchRange(1e6, HIGHEST_OTHER, DEFAULT_DIGITS);
        };
    }

    /** The range whose stored conversion ratio, the value of one tick in the unit, is the given one. */
    static SketchRange ofRatio(double unitsPerTick, long highestTicks, int digits) {
        return new SketchRange(storable(1 / unitsPerTick), highestTicks, digits);
    }

    /** The tick nearest to a value in the unit, clamped to 0 and {@code highestTicks}. */
    public long ticks(double value) {
        return Math.min(Math.max(Math.round(value * ticksPerUnit), 0), highestTicks);
    }

    /** The value of so many ticks in the unit. Divided, as a multiple of the inexact 1e-6 prints as 0.0060149999999999995. */
    double units(long ticks) {
        return ticks / ticksPerUnit;
    }

    /** The value of one tick in the unit, as it is stored. */
    double unitsPerTick() {
        return 1 / ticksPerUnit;
    }

    // A reciprocal of a reciprocal is off by a few units in the last place; rounding to 15 digits undoes that.
    private static double storable(double ticksPerUnit) {
        double integer = Math.rint(ticksPerUnit);
        if ((integer == ticksPerUnit && integer < MAX_EXACT_INTEGER) || !Double.isFinite(ticksPerUnit)) {
            return ticksPerUnit;
        }
        return new BigDecimal(ticksPerUnit).round(STORED_DIGITS).doubleValue();
    }

    private static String unitOfSuffix(String metric) {
        return metric.substring(metric.lastIndexOf('_') + 1);
    }
}
