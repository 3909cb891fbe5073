package dev.weir.sketch;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fixed-point range of a sketch: values become whole ticks from 0 to {@code highestTicks}, kept to {@code digits}
 * significant decimal digits. Sketches of equal ranges
 * merge exactly.
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
    private static final double HIGHEST_WITH_FRACTION = 0x1p52;

    private static final SketchRange SECONDS = new SketchRange(1e6, HOUR_IN_MICROSECONDS, DEFAULT_DIGITS);
    private static final SketchRange MILLISECONDS = new SketchRange(1e3, HOUR_IN_MICROSECONDS, DEFAULT_DIGITS);
    private static final SketchRange MICROSECONDS = new SketchRange(1, HOUR_IN_MICROSECONDS, DEFAULT_DIGITS);
    private static final SketchRange BYTES = new SketchRange(1, HIGHEST_OTHER, DEFAULT_DIGITS);
    private static final SketchRange OTHER = new SketchRange(1e6, HIGHEST_OTHER, DEFAULT_DIGITS);
    /** By the byte that stands for them in stored bytes, 1 and up: append, never reorder. */
    private static final List<SketchRange> WELL_KNOWN = List.of(SECONDS, MILLISECONDS, MICROSECONDS, BYTES, OTHER);

    private static final int WRITTEN_OUT = 0;
    /** Relative error that 1 / lowest times highest may have: no tick more for it. */
    private static final double ROUNDING = 0x1p-50;

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
            case "s", "seconds" -> SECONDS;
            case "ms", "milliseconds" -> MILLISECONDS;
            case "us", "microseconds" -> MICROSECONDS;
            case "By", "bytes" -> BYTES;
            default -> OTHER;
        };
    }

    /**
     * The range of a metric whose values lie between two limits, given in its unit. Values nearer to 0 than to {@code lowest},
     * and those above {@code highest}, are clamped and counted.
     *
     * @param lowest what is told apart from 0 and from its double, {@code > 0}; rounded to 15 significant decimal digits
     * @param highest at least twice and less than 2^63 (9.2e18) times the lowest
     * @param digits significant decimal digits, 1 to 5
     * @throws IllegalArgumentException if a limit or their ratio is outside these
     */
    public static SketchRange between(double lowest, double highest, int digits) {
        if (!(lowest > 0) || Double.isInfinite(1 / lowest) || Double.isInfinite(lowest)) {
            throw new IllegalArgumentException(
                    "lowest is " + lowest + ", must be > 0 with a finite reciprocal (sketch range)");
        }
        double ticksPerUnit = storable(1 / lowest);
        double highestTicks = Math.ceil(highest * ticksPerUnit * (1 - ROUNDING));
        if (!(highestTicks >= 2) || !Double.isFinite(highest)) {
            throw new IllegalArgumentException("highest is " + highest
                    + ", must be finite and at least twice the lowest " + lowest + " (sketch range)");
        }
        if (highestTicks >= 0x1p63) {
            throw new IllegalArgumentException("highest is " + highest
                    + ", must be less than 2^63 (9.2e18) times the lowest " + lowest + " (sketch range)");
        }
        return new SketchRange(ticksPerUnit, (long) highestTicks, digits);
    }

    /** Appends the bytes that {@link #read} reads: one for a default range. */
    public void writeTo(ByteOutput out) {
        int code = WELL_KNOWN.indexOf(this) + 1;
        out.putByte(code);
        if (code == WRITTEN_OUT) {
            out.putDouble(ticksPerUnit);
            out.putVarLong(highestTicks);
            out.putByte(digits);
        }
    }

    /**
     * The range that {@link #writeTo} wrote.
     *
     * @param likely what is expected; returned, and nothing allocated, if it is that
     * @throws IllegalArgumentException if the bytes are not of that form
     */
    public static SketchRange read(ByteInput in, SketchRange likely) {
        int code = in.getByte();
        if (code != WRITTEN_OUT) {
            if (code < 0 || code > WELL_KNOWN.size()) {
                throw new IllegalArgumentException(
                        "code of a sketch range is " + code + ", must be 0 to " + WELL_KNOWN.size());
            }
            return WELL_KNOWN.get(code - 1);
        }
        double ticksPerUnit = in.getDouble();
        long highestTicks = in.getVarLong();
        int digits = in.getByte();
        boolean same =
                ticksPerUnit == likely.ticksPerUnit && highestTicks == likely.highestTicks && digits == likely.digits;
        return same ? likely : new SketchRange(ticksPerUnit, highestTicks, digits);
    }

    /** The range whose stored conversion ratio, the value of one tick in the unit, is the given one. */
    static SketchRange ofRatio(double unitsPerTick, long highestTicks, int digits) {
        return new SketchRange(storable(1 / unitsPerTick), highestTicks, digits);
    }

    /** The tick nearest to a value in the unit, clamped to 0 and {@code highestTicks}. */
    public long ticks(double value) {
        return Math.min(Math.max(Math.round(value * ticksPerUnit), 0), highestTicks);
    }

    /**
     * {@link Math#round(double)}, faster, for what is at least 0: below 2^52 the fraction is exact, from there on there is none.
     * Twice a fraction is 1 and more from a half on: no branch, as nobody can foretell which way it would go.
     */
    static long rounded(double scaled) {
        long whole = (long) scaled;
        return scaled < HIGHEST_WITH_FRACTION ? whole + (long) (2 * (scaled - (double) whole)) : whole;
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
