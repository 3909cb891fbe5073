package dev.weir.alerting.promql;

import java.util.Locale;

/** Reads the text of a number token: decimal, {@code 0x} hexadecimal, octal behind a zero, {@code Inf} or {@code NaN}. */
final class NumberText {
    private NumberText() {}

    static double parse(Token token) {
        String text = token.text().toLowerCase(Locale.ROOT);
        try {
            double value = switch (text) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> number(text);
            };
            if (Double.isInfinite(value) && !text.equals("inf")) {
                throw new PromqlException(token.position(), "number is " + text + ", must fit in a double");
            }
            return value;
        } catch (NumberFormatException e) {
            throw new PromqlException(
                    token.position(), "number is " + text + ", must be like 1.5, 2e9 or 0x1f, of at most 63 bits");
        }
    }

    private static double number(String text) {
        if (text.startsWith("0x")) {
            return (double) Long.parseLong(text.substring(2), 16);
        }
        // As in Go and C: 010 is eight, but 08 and 010.0 are decimal.
        boolean octal =
                text.length() > 1 && text.startsWith("0") && text.chars().allMatch(c -> c >= '0' && c <= '7');
        return octal ? (double) Long.parseLong(text, 8) : Double.parseDouble(text);
    }
}
