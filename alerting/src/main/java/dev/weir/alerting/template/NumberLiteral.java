package dev.weir.alerting.template;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads numbers as Go writes them: {@code 12}, {@code 1_000}, {@code 0x1F}, {@code 1.5e3}; a point or exponent makes a float. */
final class NumberLiteral {
    private static final int MAX_DIGITS = 400;

    private NumberLiteral() {}

    static Value parse(Token token) {
        String text = token.text().replace("_", "");
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        try {
            Value value = digits.length() > MAX_DIGITS ? null : unsigned(digits, negative);
            if (value != null) {
                return value;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Told below, as any other text that is no number.
        }
        throw new TemplateException(token.offset(), "bad number syntax: \"" + token.text() + "\"");
    }

    private static @Nullable Value unsigned(String digits, boolean negative) {
        String lower = digits.toLowerCase(Locale.ROOT);
        if (lower.endsWith("i")) {
            return null;
        }
        if (lower.startsWith("0x")) {
            boolean isFloat = lower.indexOf('p') >= 0;
            if (!isFloat && lower.indexOf('.') >= 0) {
                return null;
            }
            return isFloat ? numeric(Double.parseDouble(lower), negative) : whole(lower.substring(2), 16, negative);
        }
        if (lower.startsWith("0b")) {
            return whole(lower.substring(2), 2, negative);
        }
        if (lower.startsWith("0o")) {
            return whole(lower.substring(2), 8, negative);
        }
        boolean isFloat = lower.indexOf('.') >= 0 || lower.indexOf('e') >= 0;
        if (isFloat) {
            return numeric(Double.parseDouble(lower), negative);
        }
        return lower.length() > 1 && lower.startsWith("0") ? whole(lower, 8, negative) : whole(lower, 10, negative);
    }

    private static Value numeric(double value, boolean negative) {
        return new Value.Numeric(negative ? -value : value);
    }

    private static Value whole(String digits, int base, boolean negative) {
        BigInteger value = new BigInteger(digits, base);
        return new Value.Whole((negative ? value.negate() : value).longValueExact());
    }
}
