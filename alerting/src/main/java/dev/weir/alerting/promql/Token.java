package dev.weir.alerting.promql;

import java.util.Locale;

/** Lexical token: for a string the text is its content, for anything else as written. */
record Token(TokenKind kind, String text, Position position) {
    boolean is(TokenKind other) {
        return kind == other;
    }

    /** True if this is the operator with exactly this symbol. */
    boolean isOperator(String symbol) {
        return kind == TokenKind.OPERATOR && text.equals(symbol);
    }

    /** True if this is the keyword, which PromQL reads in any case. */
    boolean isKeyword(String keyword) {
        return kind == TokenKind.IDENTIFIER && text.toLowerCase(Locale.ROOT).equals(keyword);
    }

    String describe() {
        return switch (kind) {
            case IDENTIFIER, NUMBER, DURATION, STRING, OPERATOR -> kind.words() + " \"" + text + "\"";
            default -> kind.words();
        };
    }
}
