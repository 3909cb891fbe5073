package dev.weir.pane;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of doubles: no rounding until it is read, so every order of adding gives the same result.
 *
 * <p>Bounds: finite values only. Not thread-safe.
 */
public final class ExactSum {
    /*
     * sum = units × 2^exponent with units a 128-bit two's complement integer (high, low). A finite double is an integer below
     * 2^53 times a power of two, so adding it is a shift and two integer additions. The exponent is set by the first value,
     * 24 binary orders below its last bit, which leaves 50 orders above it; a value with lower bits moves it down. Only a sum
     * whose bits do not fit in 127 becomes a BigInteger: worst case (1e308 + 1e-308) 270 bytes.
     *
     * The hot path (add of a double that fits) allocates nothing and takes no branch that depends on the values.
     *
     * Bytes: their number n (0 for a sum of zero), the exponent, n bytes of units, big-endian; units is odd, so that a sum has
     * one form however it came about.
     */
    private static final int MANTISSA_BITS = 53;
    private static final int MIN_EXPONENT = -1074;
    /** Highest bit that 2^63 values below 2^1024 can reach. */
    private static final int MAX_BIT = 1024 + 63;

    private static final int MAX_BYTES = (MAX_BIT - MIN_EXPONENT) / Byte.SIZE + 1;
    private static final int HEADROOM_BELOW = 24;
    private static final int MAX_BITS = 126;
    private static final int MAX_SHIFT = MAX_BITS - MANTISSA_BITS;

    private long high;
    private long low;
    private int exponent = Integer.MAX_VALUE;
    private @Nullable BigInteger big;

    long glance() {
        return low;
    }

    void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) (bits >>> 52) & 0x7ff;
        if (biased == 0x7ff) {
            throw new IllegalArgumentException("value is " + value + ", must be finite");
        }
        long mantissa = (bits & ((1L << 52) - 1)) | (biased == 0 ? 0 : 1L << 52);
        long signed = bits < 0 ? -mantissa : mantissa;
        // While no exponent is set, the shift overflows to far above the greatest.
        int shift = Math.max(biased, 1) - 1075 - exponent;
        if (shift < 0 || shift > MAX_SHIFT || !addShifted(signed >> 63, signed, shift)) {
            addSlowly(signed >> 63, signed, Math.max(biased, 1) - 1075);
        }
    }

    void add(ExactSum other) {
        if (other.big != null) {
            addBig(other.big, other.exponent);
        } else if ((other.high | other.low) != 0) {
            addSlowly(other.high, other.low, other.exponent);
        }
    }

    /** Adds units × 2^shift to the units, unless that overflows; units × 2^shift must fit in 127 bits. */
    private boolean addShifted(long addHigh, long addLow, int shift) {
        long shiftedLow = shift < Long.SIZE ? addLow << shift : 0;
        long shiftedHigh = shift < Long.SIZE
                ? addHigh << shift | addLow >>> 1 >>> (Long.SIZE - 1 - shift)
                : addLow << (shift - Long.SIZE);
        long sumLow = low + shiftedLow;
        long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
        long sumHigh = high + shiftedHigh + carry;
        if (big != null || ((high ^ sumHigh) & (shiftedHigh ^ sumHigh)) < 0) {
            return false;
        }
        high = sumHigh;
        low = sumLow;
        return true;
    }

    private void addSlowly(long addHigh, long addLow, int addExponent) {
        if ((addHigh | addLow) == 0) {
            return;
        }
        if (big == null && (high | low) == 0) {
            int spare = Math.max(0, Math.min(HEADROOM_BELOW, MAX_BITS - bitLength(addHigh, addLow)));
            exponent = addExponent - spare;
            addShifted(addHigh, addLow, spare);
            return;
        }
        // What ends in zeros may well fit where it did not as it came: 1.0 is 2^52 × 2^-52.
        int zeros = trailingZeros(addHigh, addLow);
        long oddLow = shiftedRightLow(addHigh, addLow, zeros);
        long oddHigh = shiftedRightHigh(addHigh, zeros);
        int oddExponent = addExponent + zeros;
        if (big == null && oddExponent < exponent) {
            lowerExponentTo(oddExponent);
        }
        int shift = oddExponent - exponent;
        if (big != null
                || shift < 0
                || shift + bitLength(oddHigh, oddLow) > MAX_BITS
                || !addShifted(oddHigh, oddLow, shift)) {
            addBig(toBig(oddHigh, oddLow), oddExponent);
        }
    }

    /** Lowers the exponent, if units has room for it. */
    private void lowerExponentTo(int lower) {
        int shift = Math.min(exponent - lower + HEADROOM_BELOW, MAX_BITS - bitLength(high, low));
        if (shift >= exponent - lower) {
            long oldHigh = high;
            long oldLow = low;
            high = 0;
            low = 0;
            addShifted(oldHigh, oldLow, shift);
            exponent -= shift;
        }
    }

    private void addBig(BigInteger otherUnits, int otherExponent) {
        BigInteger units = big == null ? toBig(high, low) : big;
        if (units.signum() == 0) {
            big = otherUnits;
            exponent = otherExponent;
        } else if (otherExponent >= exponent) {
            big = units.add(otherUnits.shiftLeft(otherExponent - exponent));
        } else {
            big = units.shiftLeft(exponent - otherExponent).add(otherUnits);
            exponent = otherExponent;
        }
        high = 0;
        low = 0;
    }

    /**
     * The number that {@link Aggregate#exactSum} gave the bytes of.
     *
     * @throws IllegalArgumentException if the bytes are not of that form, of which they must be all
     */
    public static BigDecimal decode(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        ByteInput in = new ByteInput().wrap(copy);
        ExactSum sum = new ExactSum();
        sum.addFrom(in);
        if (in.remaining() > 0) {
            throw new IllegalArgumentException(
                    "exact sum is malformed: " + in.remaining() + " bytes follow its " + in.position());
        }
        return sum.isZero()
                ? BigDecimal.ZERO
                : exact(sum.big == null ? toBig(sum.high, sum.low) : sum.big, sum.exponent);
    }

    byte[] encode() {
        ByteOutput out = new ByteOutput(2 + 2 * Long.BYTES);
        writeTo(out);
        return out.toByteArray();
    }

    /** Whether {@link #value} rounds nothing. False also for some that are: subnormal, or large once. */
    boolean isDouble() {
        if (isZero()) {
            return true;
        }
        if (big != null) {
            return false;
        }
        int zeros = trailingZeros(high, low);
        int bits = bitLength(high, low);
        return bits - zeros < MANTISSA_BITS
                && zeros + exponent >= Double.MIN_EXPONENT
                && bits + exponent < Double.MAX_EXPONENT;
    }

    private static BigDecimal exact(BigInteger units, int exponent) {
        BigDecimal whole = new BigDecimal(units);
        BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(exponent)));
        return exponent >= 0 ? whole.multiply(power) : whole.divide(power);
    }

    boolean isZero() {
        return big == null ? (high | low) == 0 : big.signum() == 0;
    }

    /** The sum, rounded once to the nearest double. */
    double value() {
        if (big != null) {
            return valueOf(big);
        }
        if ((high | low) == 0) {
            return 0;
        }
        boolean negative = high < 0;
        long magnitudeLow = negative ? -low : low;
        long magnitudeHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
        int bits = bitLength(magnitudeHigh, magnitudeLow);
        if (magnitudeHigh < 0 || bits + exponent <= Double.MIN_EXPONENT + 1 || bits + exponent >= Double.MAX_EXPONENT) {
            return valueOf(toBig(high, low));
        }
        int dropped = Math.max(bits - MANTISSA_BITS, 0);
        long kept = shiftedRightLow(magnitudeHigh, magnitudeLow, dropped);
        if (dropped > 0 && roundsUp(magnitudeHigh, magnitudeLow, dropped, kept)) {
            kept++;
        }
        double magnitude = Math.scalb((double) kept, dropped + exponent);
        return negative ? -magnitude : magnitude;
    }

    // To nearest, a tie to even: the highest dropped bit, and any below it or an odd last kept bit.
    private static boolean roundsUp(long high, long low, int dropped, long kept) {
        boolean half = (shiftedRightLow(high, low, dropped - 1) & 1) != 0;
        return half && (trailingZeros(high, low) < dropped - 1 || (kept & 1) != 0);
    }

    private double valueOf(BigInteger units) {
        return exact(units, exponent).doubleValue();
    }

    /** Appends the bytes that {@link #addFrom} reads. */
    void writeTo(ByteOutput out) {
        if (big != null && big.bitLength() > MAX_BITS) {
            writeBig(big, out);
            return;
        }
        long unitsHigh = big == null ? high : big.shiftRight(Long.SIZE).longValue();
        long unitsLow = big == null ? low : big.longValue();
        if ((unitsHigh | unitsLow) == 0) {
            out.putByte(0);
            return;
        }
        int zeros = trailingZeros(unitsHigh, unitsLow);
        long oddLow = shiftedRightLow(unitsHigh, unitsLow, zeros);
        long oddHigh = shiftedRightHigh(unitsHigh, zeros);
        int length = bitLength(oddHigh, oddLow) / Byte.SIZE + 1;
        out.putByte(length);
        out.putZigZag(exponent + zeros);
        for (int at = length - 1; at >= 0; at--) {
            out.putByte(
                    (int) (at < Long.BYTES ? oddLow >> (at * Byte.SIZE) : oddHigh >> ((at - Long.BYTES) * Byte.SIZE)));
        }
    }

    private void writeBig(BigInteger units, ByteOutput out) {
        int zeros = units.getLowestSetBit();
        byte[] bytes = units.shiftRight(zeros).toByteArray();
        out.putVarLong(bytes.length);
        out.putZigZag(exponent + zeros);
        out.putBytes(bytes, 0, bytes.length);
    }

    /**
     * Adds the sum that {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException if the bytes are not of that form
     */
    void addFrom(ByteInput in) {
        long length = in.getVarLong();
        if (length == 0) {
            return;
        }
        if (length < 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException("sum has " + length + " bytes, must be 0 to " + MAX_BYTES);
        }
        long addExponent = in.getZigZag();
        if (addExponent < MIN_EXPONENT || addExponent > MAX_BIT - Byte.SIZE * (length - 1)) {
            throw new IllegalArgumentException("exponent of a sum of " + length + " bytes is " + addExponent
                    + ", must be " + MIN_EXPONENT + " to " + (MAX_BIT - Byte.SIZE * (length - 1)));
        }
        int from = in.skip((int) length);
        if (length > 2 * Long.BYTES) {
            byte[] bytes = new byte[(int) length];
            System.arraycopy(in.array(), from, bytes, 0, bytes.length);
            addBig(new BigInteger(bytes), (int) addExponent);
            return;
        }
        long addHigh = in.array()[from] < 0 ? -1 : 0;
        long addLow = addHigh;
        for (int at = from; at < from + length; at++) {
            addHigh = addHigh << Byte.SIZE | addLow >>> (Long.SIZE - Byte.SIZE);
            addLow = addLow << Byte.SIZE | (in.array()[at] & 0xff);
        }
        int shift = (int) addExponent - exponent;
        if (shift < 0 || shift > MAX_BITS - bitLength(addHigh, addLow) || !addShifted(addHigh, addLow, shift)) {
            addSlowly(addHigh, addLow, (int) addExponent);
        }
    }

    private static BigInteger toBig(long high, long low) {
        BigInteger upper = BigInteger.valueOf(high).shiftLeft(Long.SIZE);
        return upper.add(BigInteger.valueOf(low >>> 32).shiftLeft(32)).add(BigInteger.valueOf(low & 0xffff_ffffL));
    }

    /** Bits of a two's complement number without its sign. */
    private static int bitLength(long high, long low) {
        long sign = high >> 63;
        int inHigh = Long.SIZE - Long.numberOfLeadingZeros(high ^ sign);
        return inHigh > 0 ? Long.SIZE + inHigh : Long.SIZE - Long.numberOfLeadingZeros(low ^ sign);
    }

    private static int trailingZeros(long high, long low) {
        return low != 0 ? Long.numberOfTrailingZeros(low) : Long.SIZE + Long.numberOfTrailingZeros(high);
    }

    private static long shiftedRightLow(long high, long low, int shift) {
        return shift < Long.SIZE ? low >>> shift | high << 1 << (Long.SIZE - 1 - shift) : high >> (shift - Long.SIZE);
    }

    private static long shiftedRightHigh(long high, int shift) {
        return high >> Math.min(shift, Long.SIZE - 1);
    }
}
