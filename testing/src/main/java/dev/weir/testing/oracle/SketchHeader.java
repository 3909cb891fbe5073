package dev.weir.testing.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;

/**
 * The range that HdrHistogram V2 bytes state. Read from the bytes because HdrHistogram keeps the conversion ratio to itself.
 *
 * @param digits significant decimal digits
 * @param highest the highest trackable integer
 * @param tick the conversion ratio: the value of one integer step, in the unit of the metric
 */
record SketchHeader(int digits, long highest, double tick) {
    static final int BYTES = 40;
    private static final int DIGITS_OFFSET = 12;
    private static final int HIGHEST_OFFSET = 24;
    private static final int RATIO_OFFSET = 32;
    private static final MathContext SCALE_DIGITS = new MathContext(15);

    static SketchHeader of(ByteBuffer sketch) {
        int start = sketch.position();
        return new SketchHeader(
                sketch.getInt(start + DIGITS_OFFSET),
                sketch.getLong(start + HIGHEST_OFFSET),
                sketch.getDouble(start + RATIO_OFFSET));
    }

    double highestValue() {
        return highest * tick;
    }

    /** The documented rounding to whole ticks, {@code round(value * ticksPerUnit)}, clamped. */
    long ticks(double value) {
        double ticksPerUnit = new BigDecimal(1 / tick).round(SCALE_DIGITS).doubleValue();
        return Math.min(Math.round(value * ticksPerUnit), highest);
    }
}
