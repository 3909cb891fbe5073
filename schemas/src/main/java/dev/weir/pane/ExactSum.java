package dev.weir.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sum of doubles: no rounding until it is read, so every order of adding gives the same result.
 *
 * <p>Bounds: finite values only. Not thread-safe.
 */
final class ExactSum {
    /*
     * sum = units × 2^exponent with units an integer of any size. A finite double is an integer below 2^53 times a power
     * of two, so adding it is an integer addition once both have the smaller of the two exponents. Values of one metric lie
     * within a few dozen binary orders of each other: units stays at two to three machine words. Worst case (1e308 + 1e-308)
     * it is 270 bytes.
     */
    private static final int MAX_BYTES = 512;

    private BigInteger units = BigInteger.ZERO;
    private int exponent = Integer.MAX_VALUE;

    void add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value is " + value + ", must be finite");
        }
        if (value == 0) {
            return;
        }
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) (bits >>> 52) & 0x7ff;
        long mantissa = (bits & ((1L << 52) - 1)) | (biased == 0 ? 0 : 1L << 52);
        int shift = Long.numberOfTrailingZeros(mantissa);
        long odd = mantissa >>> shift;
        add(BigInteger.valueOf(bits < 0 ? -odd : odd), Math.max(biased, 1) - 1075 + shift);
    }

    void add(ExactSum other) {
        if (other.units.signum() != 0) {
            add(other.units, other.exponent);
        }
    }

    private void add(BigInteger otherUnits, int otherExponent) {
        if (units.signum() == 0) {
            units = otherUnits;
            exponent = otherExponent;
        } else if (otherExponent >= exponent) {
            units = units.add(otherUnits.shiftLeft(otherExponent - exponent));
        } else {
            units = units.shiftLeft(exponent - otherExponent).add(otherUnits);
            exponent = otherExponent;
        }
    }

    /** The sum, rounded once to the nearest double. */
    double value() {
        if (units.signum() == 0) {
            return 0;
        }
        if (units.bitLength() <= 53 && exponent >= -1022 && exponent <= 900) {
            return Math.scalb((double) units.longValue(), exponent);
        }
        BigDecimal whole = new BigDecimal(units);
        BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(exponent)));
        return (exponent >= 0 ? whole.multiply(power) : whole.divide(power)).doubleValue();
    }

    void writeTo(DataOutput out) throws IOException {
        byte[] bytes = units.toByteArray();
        out.writeShort(bytes.length);
        out.write(bytes);
        out.writeShort(units.signum() == 0 ? 0 : exponent);
    }

    static ExactSum readFrom(DataInput in) throws IOException {
        int length = in.readUnsignedShort();
        if (length < 1 || length > MAX_BYTES) {
            throw new IllegalArgumentException("sum has " + length + " bytes, must be 1 to " + MAX_BYTES);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        ExactSum sum = new ExactSum();
        int exponent = in.readShort();
        sum.add(new BigInteger(bytes), exponent);
        return sum;
    }
}
