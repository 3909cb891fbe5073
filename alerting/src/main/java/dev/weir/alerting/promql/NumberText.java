package dev.weir.alerting.promql;

import java.util.Locale;

/** Reads the text of a number token: decimal, {@code 0x} hexadecimal, {@code Inf} or {@code NaN}. */
final class NumberText {
    private NumberText() {}

    static double parse(Token token) {
        String text = token.text().toLowerCase(Locale.ROOT);
        try {
            return switch (text) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new PromqlException(token.position(), "number is " + text + ", must fit in 63 bits");
        }
    }
}
