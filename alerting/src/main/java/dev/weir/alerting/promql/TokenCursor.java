package dev.weir.alerting.promql;

import java.util.List;

/** Reading position in the tokens of an expression. */
final class TokenCursor {
    private final List<Token> tokens;
    private int at;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (!token.is(TokenKind.END)) {
            at++;
        }
        return token;
    }

    /** Steps over the token if it is of this kind. */
    boolean skip(TokenKind kind) {
        if (!peek().is(kind)) {
            return false;
        }
        next();
        return true;
    }

    boolean skipKeyword(String keyword) {
        if (!peek().isKeyword(keyword)) {
            return false;
        }
        next();
        return true;
    }

    Token expect(TokenKind kind, String context) {
        Token token = peek();
        if (!token.is(kind)) {
            throw unexpected(token, context, kind.words());
        }
        return next();
    }

    static PromqlException unexpected(Token token, String context, String expected) {
        return new PromqlException(
                token.position(), "unexpected " + token.describe() + " in " + context + ", expected " + expected);
    }
}
