package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.Subquery;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what may stand behind an expression: {@code [5m]}, {@code [1h:5m]}, {@code offset 5m} and {@code @ 1700000000}. */
final class ModifierParser {
    private final TokenCursor cursor;

    ModifierParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Expr parse(Expr expr) {
        Expr result = expr;
        while (true) {
            Token token = cursor.peek();
            if (token.is(TokenKind.LEFT_BRACKET)) {
                result = parseRange(result);
            } else if (token.isKeyword("offset")) {
                result = parseOffset(result);
            } else if (token.is(TokenKind.AT)) {
                result = parseAt(result);
            } else {
                return result;
            }
        }
    }

    private Expr parseRange(Expr expr) {
        Token bracket = cursor.next();
        Duration range = parseDuration("subquery or range selector");
        if (cursor.skip(TokenKind.COLON)) {
            Duration step = cursor.peek().is(TokenKind.DURATION) ? parseDuration("subquery selector") : null;
            cursor.expect(TokenKind.RIGHT_BRACKET, "subquery selector");
            if (expr.type() != ValueType.INSTANT_VECTOR) {
                throw new PromqlException(
                        expr.position(),
                        "subquery is only allowed on instant vector, got "
                                + expr.type().words() + " instead");
            }
            return new Subquery(expr, range, step, Duration.ZERO, null, expr.position());
        }
        if (!cursor.skip(TokenKind.RIGHT_BRACKET)) {
            throw TokenCursor.unexpected(cursor.peek(), "subquery or range", "\":\" or \"]\"");
        }
        if (!(expr instanceof VectorSelector selector)) {
            throw new PromqlException(bracket.position(), "ranges only allowed for vector selectors");
        }
        if (!selector.offset().isZero()) {
            throw new PromqlException(bracket.position(), "no offset modifiers allowed before range");
        }
        if (selector.at() != null) {
            throw new PromqlException(bracket.position(), "no @ modifiers allowed before range");
        }
        return new RangeSelector(selector, range, selector.position());
    }

    private Expr parseOffset(Expr expr) {
        Token offset = cursor.next();
        boolean negative = cursor.peek().isOperator("-");
        if (negative) {
            cursor.next();
        }
        Duration amount = parseDuration("offset");
        Modifiers before = Modifiers.of(expr, offset, "offset modifier");
        if (!before.offset.isZero()) {
            throw new PromqlException(offset.position(), "offset may not be set multiple times");
        }
        return new Modifiers(negative ? amount.negated() : amount, before.at).on(expr);
    }

    private Expr parseAt(Expr expr) {
        Token sign = cursor.next();
        AtModifier at = parseInstant();
        Modifiers before = Modifiers.of(expr, sign, "@ modifier");
        if (before.at != null) {
            throw new PromqlException(sign.position(), "@ <timestamp> may not be set multiple times");
        }
        return new Modifiers(before.offset, at).on(expr);
    }

    private AtModifier parseInstant() {
        Token token = cursor.peek();
        if (token.isKeyword("start") || token.isKeyword("end")) {
            cursor.next();
            cursor.expect(TokenKind.LEFT_PAREN, "@");
            cursor.expect(TokenKind.RIGHT_PAREN, "@");
            return token.isKeyword("start") ? new AtModifier.Start() : new AtModifier.End();
        }
        boolean negative = token.isOperator("-");
        if (negative || token.isOperator("+")) {
            cursor.next();
        }
        if (!cursor.peek().is(TokenKind.NUMBER)) {
            throw TokenCursor.unexpected(cursor.peek(), "@", "timestamp");
        }
        Token number = cursor.next();
        double seconds = NumberText.parse(number);
        if (!Double.isFinite(seconds) || Math.abs(seconds * 1000) >= Long.MAX_VALUE) {
            throw new PromqlException(number.position(), "timestamp out of bounds for @ modifier: " + number.text());
        }
        return new AtModifier.Timestamp(negative ? -seconds : seconds);
    }

    private Duration parseDuration(String context) {
        Token token = cursor.expect(TokenKind.DURATION, context);
        Duration duration;
        try {
            duration = PromDuration.parse(token.text());
        } catch (IllegalArgumentException e) {
            throw new PromqlException(token.position(), String.valueOf(e.getMessage()));
        }
        if (duration.isZero()) {
            throw new PromqlException(token.position(), "duration must be greater than 0");
        }
        return duration;
    }

    /** What shifts the time of a selector or subquery. */
    private record Modifiers(Duration offset, @Nullable AtModifier at) {
        static Modifiers of(Expr expr, Token modifier, String name) {
            if (expr instanceof VectorSelector selector) {
                return new Modifiers(selector.offset(), selector.at());
            } else if (expr instanceof RangeSelector range) {
                return of(range.selector(), modifier, name);
            } else if (expr instanceof Subquery subquery) {
                return new Modifiers(subquery.offset(), subquery.at());
            }
            throw new PromqlException(
                    modifier.position(),
                    name + " must be preceded by an instant vector selector or range vector selector or a subquery");
        }

        Expr on(Expr expr) {
            if (expr instanceof VectorSelector selector) {
                return on(selector);
            } else if (expr instanceof RangeSelector range) {
                return new RangeSelector(on(range.selector()), range.range(), range.position());
            } else if (expr instanceof Subquery subquery) {
                return new Subquery(
                        subquery.inner(), subquery.range(), subquery.step(), offset, at, subquery.position());
            }
            throw new IllegalArgumentException("expression takes no modifier: " + expr);
        }

        private VectorSelector on(VectorSelector selector) {
            return new VectorSelector(selector.metric(), selector.matchers(), offset, at, selector.position());
        }
    }
}
