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
