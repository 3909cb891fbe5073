package dev.weir.alerting.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes floating-point numbers as Go does. */
public final class GoFloat {
    /** Go's %g without precision: exponent form from this exponent on (1e+06, but 100000). */
    private static final int SHORTEST_EXPONENT_LIMIT = 6;

    private static final int MAX_DIGITS = 17;

    private static final int MANTISSA_BITS = 52;

    private static final Pattern SPECIAL = Pattern.compile("([+-]?)(?:inf|infinity|(nan))");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?"
            + "|0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)p[+-]?[0-9]+)");

    private GoFloat() {}

    /** Reads a number as Go's {@code strconv.ParseFloat} does; empty if the text is none. */
    public static Optional<Double> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher special = SPECIAL.matcher(lower);
        if (special.matches()) {
            double value = special.group(2) == null ? Double.POSITIVE_INFINITY : Double.NaN;
            return Optional.of(special.group(1).equals("-") ? -value : value);
        }
        if (!NUMBER.matcher(lower).matches()) {
            return Optional.empty();
        }
        double value = Double.parseDouble(lower);
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(value);
    }

    /** {@code %v} and {@code %g}: as few digits as identify the number. */
    public static String shortest(double value) {
        if (isSpecial(value)) {
            return special(value);
        }
        if (value == 0) {
            return sign(value) + "0";
        }
        return general(shortestDigits(value), SHORTEST_EXPONENT_LIMIT);
    }

    /** {@code %.<precision>g}: so many significant digits, trailing zeros dropped. */
    public static String significant(double value, int precision) {
        if (isSpecial(value)) {
            return special(value);
        }
        if (value == 0) {
            return sign(value) + "0";
        }
        int digits = Math.max(1, precision);
        return general(new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)), digits);
    }

    /** {@code %.<precision>f}: so many digits behind the point. */
    public static String fixed(double value, int precision) {
        if (isSpecial(value)) {
            return special(value);
        }
        String digits = new BigDecimal(Math.abs(value))
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        return sign(value) + digits;
    }

    /** {@code %.<precision>e}: one digit before the point and so many behind it. */
    public static String exponent(double value, int precision) {
        if (isSpecial(value)) {
            return special(value);
        }
        if (value == 0) {
            return sign(value) + (precision == 0 ? "0" : "0." + "0".repeat(precision)) + "e+00";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        return exponentForm(rounded, precision);
    }

    /** {@code %b}: mantissa and power of two, both as they are stored: {@code 4503599627370496p-52}. */
    static String binary(double value) {
        if (isSpecial(value)) {
            return special(value);
        }
        long bits = Double.doubleToRawLongBits(value);
        int stored = (int) (bits >>> MANTISSA_BITS) & 0x7ff;
        long fraction = bits & (1L << MANTISSA_BITS) - 1;
        long mantissa = stored == 0 ? fraction : fraction | 1L << MANTISSA_BITS;
        int exponent = Math.max(stored, 1) - Double.MAX_EXPONENT - MANTISSA_BITS;
        return sign(value) + mantissa + "p" + (exponent < 0 ? "" : "+") + exponent;
    }

    /**
     * {@code %x}: {@code 0x1.8p+01}, one digit before the point.
     *
     * @param precision digits behind the point; below 0 as few as identify the number
     */
    static String hexadecimal(double value, int precision) {
        if (isSpecial(value)) {
            return special(value);
        }
        long bits = Double.doubleToRawLongBits(value);
        int exponent = Math.max((int) (bits >>> MANTISSA_BITS) & 0x7ff, 1) - Double.MAX_EXPONENT;
        long mantissa = bits & (1L << MANTISSA_BITS) - 1;
        if (Math.abs(value) >= Double.MIN_NORMAL) {
            mantissa |= 1L << MANTISSA_BITS;
        } else {
            int shift = mantissa == 0 ? 0 : Long.numberOfLeadingZeros(mantissa) - (Long.SIZE - 1 - MANTISSA_BITS);
            mantissa <<= shift;
            exponent = mantissa == 0 ? 0 : exponent - shift;
        }
        int kept = precision < 0 ? MANTISSA_BITS / 4 : Math.min(precision, MANTISSA_BITS / 4);
        mantissa = roundedHalfEven(mantissa, MANTISSA_BITS - 4 * kept);
        if (mantissa >>> MANTISSA_BITS > 1) {
            mantissa >>>= 1;
            exponent++;
        }
        String digits =
                String.format("%013x", mantissa & (1L << MANTISSA_BITS) - 1).substring(0, kept);
        digits = precision < 0 ? digits.replaceAll("0+$", "") : digits + "0".repeat(precision - kept);
        return sign(value) + "0x" + (mantissa >>> MANTISSA_BITS) + (digits.isEmpty() ? "" : "." + digits) + "p"
                + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static long roundedHalfEven(long value, int bits) {
        if (bits == 0) {
            return value;
        }
        long rest = value & (1L << bits) - 1;
        long half = 1L << (bits - 1);
        long kept = value >>> bits;
        boolean up = rest > half || (rest == half && (kept & 1) == 1);
        return (up ? kept + 1 : kept) << bits;
    }

    /** {@code %e} with as few digits as identify the number: {@code 1.5e-01}. */
    public static String shortestExponent(double value) {
        if (isSpecial(value) || value == 0) {
            return exponent(value, 0);
        }
        BigDecimal digits = shortestDigits(value).stripTrailingZeros();
        return exponentForm(digits, digits.precision() - 1);
    }

    private static String general(BigDecimal number, int exponentLimit) {
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent < -4 || exponent >= exponentLimit) {
            return exponentForm(stripped, stripped.precision() - 1);
        }
        return stripped.toPlainString();
    }

    private static String exponentForm(BigDecimal number, int digitsBehindPoint) {
        int exponent = number.precision() - number.scale() - 1;
        StringBuilder digits = new StringBuilder(number.unscaledValue().abs().toString());
        while (digits.length() <= digitsBehindPoint) {
            digits.append('0');
        }
        digits.setLength(digitsBehindPoint + 1);
        if (digitsBehindPoint > 0) {
            digits.insert(1, '.');
        }
        String sign = number.signum() < 0 ? "-" : "";
        String padded = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return sign + digits + "e" + (exponent < 0 ? "-" : "+") + padded;
    }

    /** Double.toString of JDK 17 is not always the shortest (JDK-4511638), so the digits are searched. */
    private static BigDecimal shortestDigits(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static boolean isSpecial(double value) {
        return Double.isNaN(value) || Double.isInfinite(value);
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }

    private static String sign(double value) {
        return Double.compare(value, 0.0) < 0 ? "-" : "";
    }
}
