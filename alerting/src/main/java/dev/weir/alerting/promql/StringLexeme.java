package dev.weir.alerting.promql;

/**
 * String literal read out of an expression: its content and the offset behind it. Double and single quotes know Go's
 * escapes, backquotes none.
 */
public record StringLexeme(String content, int end) {
    /**
     * Reads the literal whose opening quote stands at {@code start}.
     *
     * @throws PromqlException if it has no end or an escape that there is not
     */
    public static StringLexeme read(String text, int start) {
        char quote = text.charAt(start);
        StringBuilder content = new StringBuilder();
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == quote) {
                return new StringLexeme(content.toString(), at + 1);
            }
            if (quote != '`' && c == '\n') {
                break;
            }
            if (quote != '`' && c == '\\') {
                at = readEscape(text, at, content);
            } else {
                content.append(c);
                at++;
            }
        }
        throw new PromqlException(
                Position.of(text, start), quote == '`' ? "unterminated raw string" : "unterminated quoted string");
    }

    private static int readEscape(String text, int start, StringBuilder content) {
        if (start + 1 >= text.length()) {
            throw new PromqlException(Position.of(text, start), "escape sequence not terminated");
        }
        char c = text.charAt(start + 1);
        int simple = "abfnrtv\\'\"".indexOf(c);
        if (simple >= 0) {
            content.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
            return start + 2;
        }
        return switch (c) {
            case 'x' -> readCode(text, start, 2, 2, 16, content);
            case 'u' -> readCode(text, start, 2, 4, 16, content);
            case 'U' -> readCode(text, start, 2, 8, 16, content);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> readCode(text, start, 1, 3, 8, content);
            default ->
                throw new PromqlException(
                        Position.of(text, start), "unknown escape sequence '\\" + c + "' in a quoted string");
        };
    }

    private static int readCode(String text, int start, int skip, int digits, int base, StringBuilder content) {
        int from = start + skip;
        long code = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), base) : -1;
            if (digit < 0) {
                throw new PromqlException(
                        Position.of(text, start), "escape sequence needs " + digits + " digits of base " + base);
            }
            code = code * base + digit;
        }
        if (code > Character.MAX_CODE_POINT || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
            throw new PromqlException(Position.of(text, start), "escape sequence is no Unicode code point");
        }
        content.appendCodePoint((int) code);
        return from + digits;
    }
}
