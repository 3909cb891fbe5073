package dev.weir.alerting.promql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * String literal read out of an expression: its content and the offset behind it. Double and single quotes know Go's
 * escapes, of which {@code \x} and octal ones are bytes of UTF-8; backquotes know none.
 */
public record StringLexeme(String content, int end) {
    /**
     * Reads the literal whose opening quote stands at {@code start}.
     *
     * @throws PromqlException if it has no end or an escape that there is not
     */
    public static StringLexeme read(String text, int start) {
        char quote = text.charAt(start);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == quote) {
                return new StringLexeme(content.toString(StandardCharsets.UTF_8), at + 1);
            }
            if (quote != '`' && c == '\n') {
                break;
            }
            if (quote != '`' && c == '\\') {
                at = readEscape(text, at, quote, content);
            } else {
                int code = text.codePointAt(at);
                write(code, content);
                at += Character.charCount(code);
            }
        }
        throw new PromqlException(
                Position.of(text, start), quote == '`' ? "unterminated raw string" : "unterminated quoted string");
    }

    private static int readEscape(String text, int start, char quote, ByteArrayOutputStream content) {
        if (start + 1 >= text.length()) {
            throw new PromqlException(Position.of(text, start), "escape sequence not terminated");
        }
        char c = text.charAt(start + 1);
        int simple = "abfnrtv\\".indexOf(c);
        if (simple >= 0 || c == quote) {
            content.write(c == quote ? c : "\u0007\b\f\n\r\t\u000b\\".charAt(simple));
            return start + 2;
        }
        return switch (c) {
            case 'x' -> readByte(text, start, 2, 2, 16, content);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> readByte(text, start, 1, 3, 8, content);
            case 'u' -> readCodePoint(text, start, 4, content);
            case 'U' -> readCodePoint(text, start, 8, content);
            default ->
                throw new PromqlException(
                        Position.of(text, start), "unknown escape sequence '\\" + c + "' in a quoted string");
        };
    }

    private static int readByte(String text, int start, int skip, int digits, int base, ByteArrayOutputStream content) {
        long value = readDigits(text, start, skip, digits, base);
        if (value > 0xFF) {
            throw new PromqlException(Position.of(text, start), "escape sequence is no byte");
        }
        content.write((int) value);
        return start + skip + digits;
    }

    private static int readCodePoint(String text, int start, int digits, ByteArrayOutputStream content) {
        long value = readDigits(text, start, 2, digits, 16);
        if (value > Character.MAX_CODE_POINT
                || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            throw new PromqlException(Position.of(text, start), "escape sequence is no Unicode code point");
        }
        write((int) value, content);
        return start + 2 + digits;
    }

    private static long readDigits(String text, int start, int skip, int digits, int base) {
        long value = 0;
        for (int i = start + skip; i < start + skip + digits; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), base) : -1;
            if (digit < 0) {
                throw new PromqlException(
                        Position.of(text, start), "escape sequence needs " + digits + " digits of base " + base);
            }
            value = value * base + digit;
        }
        return value;
    }

    private static void write(int codePoint, ByteArrayOutputStream content) {
        content.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
}
