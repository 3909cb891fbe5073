package dev.weir.alerting.template;

import java.util.function.IntPredicate;

/** Writes texts in double quotes as Go does. */
public final class GoQuote {
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
    private static final String LETTERS = "abfnrtv\\\"";
    private static final int DELETE = 0x7f;

    private GoQuote() {}

    /** {@code %q}: what cannot be printed is escaped. */
    public static String quote(String text) {
        return quote(text, GoQuote::isPrintable);
    }

    /** {@code %+q}: what is not ASCII is escaped too. */
    static String quoteAscii(String text) {
        return quote(text, c -> c >= ' ' && c < DELETE);
    }

    private static String quote(String text, IntPredicate asItIs) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> append(c, asItIs, out));
        return out.append('"').toString();
    }

    private static void append(int c, IntPredicate asItIs, StringBuilder out) {
        int escape = ESCAPED.indexOf(c);
        if (escape >= 0) {
            out.append('\\').append(LETTERS.charAt(escape));
        } else if (asItIs.test(c)) {
            out.appendCodePoint(c);
        } else if (c < ' ' || c == DELETE) {
            out.append(String.format("\\x%02x", c));
        } else if (Character.getType(c) == Character.SURROGATE) {
            out.append("\\ufffd");
        } else {
            out.append(String.format(Character.isBmpCodePoint(c) ? "\\u%04x" : "\\U%08x", c));
        }
    }

    /** Letters, marks, numbers, punctuation, symbols and the blank. */
    static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> true;
            default -> c == ' ';
        };
    }
}
