package dev.weir.alerting.template;

import dev.weir.alerting.template.Token.Kind;
import java.util.List;

/** The tokens of a template that are still to be read. */
final class TokenStream {
    private final List<Token> tokens;
    private int at;

    TokenStream(String source) {
        this.tokens = TemplateLexer.tokens(source);
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token behind the next one. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean skip(Kind kind) {
        boolean there = peek().is(kind);
        if (there) {
            next();
        }
        return there;
    }

    /** The next token, which must be of a kind; {@code context} says where. */
    Token expect(Kind kind, String context) {
        if (!peek().is(kind)) {
            throw unexpected(context);
        }
        return next();
    }

    TemplateException unexpected(String context) {
        return new TemplateException(peek().offset(), "unexpected " + peek().describe() + " in " + context);
    }
}
