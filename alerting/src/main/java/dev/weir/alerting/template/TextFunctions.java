package dev.weir.alerting.template;

import java.net.URI;
import java.util.function.IntUnaryOperator;

/** Functions over texts. Letters change one by one, whatever the language. */
final class TextFunctions {
    private TextFunctions() {}

    static String upper(String text) {
        return mapped(text, Character::toUpperCase);
    }

    static String lower(String text) {
        return mapped(text, Character::toLowerCase);
    }

    /** Upper case for the first letter of each word; every ASCII character but letters, digits and {@code _} ends one. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inWord ? c : Character.toTitleCase(c));
            inWord = c < 0x80
                    ? Character.isLetterOrDigit(c) || c == '_'
                    : Character.isLetterOrDigit(c) || !Character.isSpaceChar(c);
        }
        return out.toString();
    }

    static Value pathPrefix(FunctionCall call) {
        String path = "";
        try {
            path = URI.create(call.context().external().url()).getPath();
        } catch (IllegalArgumentException e) {
            // No URL has no path.
        }
        return new Value.Text(path == null ? "" : path);
    }

    private static String mapped(String text, IntUnaryOperator change) {
        return text.codePoints()
                .map(change)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
