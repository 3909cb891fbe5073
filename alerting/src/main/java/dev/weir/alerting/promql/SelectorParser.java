package dev.weir.alerting.promql;

import com.google.re2j.PatternSyntaxException;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads selectors: {@code name{label="value"}} and, behind one, the range {@code [5m]}. */
final class SelectorParser {
    private static final String NAME_LABEL = "__name__";

    private final TokenCursor cursor;

    SelectorParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    VectorSelector parseSelector() {
        Position position = cursor.peek().position();
        List<LabelMatcher> matchers = new ArrayList<>();
        String metric = "";
        if (cursor.peek().is(TokenKind.IDENTIFIER)) {
            metric = cursor.next().text();
        }
        if (cursor.peek().is(TokenKind.LEFT_BRACE)) {
            parseMatchers(matchers);
        }
        return new VectorSelector(metricName(metric, matchers, position), matchers, position);
    }

    /** Takes the name out of the matchers if it stands there. */
    private static String metricName(String written, List<LabelMatcher> matchers, Position position) {
        String metric = written;
        for (LabelMatcher matcher : List.copyOf(matchers)) {
            if (matcher.label().equals(NAME_LABEL)) {
                if (!written.isEmpty()) {
                    throw new PromqlException(
                            position, "metric name must not be set twice: \"" + written + "\" and " + matcher);
                }
                if (matcher.operator() != MatchOperator.EQUAL) {
                    throw new PromqlException(
                            position, "matcher " + matcher + " is not supported; a selector names one metric");
                }
                metric = matcher.value();
                matchers.remove(matcher);
            }
        }
        if (metric.isEmpty()) {
            throw new PromqlException(
                    position,
                    "a selector without a metric name is not supported; write name{…} or {__name__=\"name\"}");
        }
        return metric;
    }

    private void parseMatchers(List<LabelMatcher> matchers) {
        cursor.next();
        while (!cursor.skip(TokenKind.RIGHT_BRACE)) {
            matchers.add(parseMatcher());
            if (!cursor.peek().is(TokenKind.RIGHT_BRACE) && !cursor.skip(TokenKind.COMMA)) {
                throw TokenCursor.unexpected(cursor.peek(), "label matching", "\",\" or \"}\"");
            }
        }
    }

    private LabelMatcher parseMatcher() {
        Token label = cursor.expect(TokenKind.IDENTIFIER, "label matching");
        if (label.text().indexOf(':') >= 0) {
            throw new PromqlException(
                    label.position(), "label name is \"" + label.text() + "\", must not contain a colon");
        }
        MatchOperator operator = matchOperator(cursor.next());
        Token value = cursor.expect(TokenKind.STRING, "label matching");
        try {
            return LabelMatcher.of(label.text(), operator, value.text());
        } catch (PatternSyntaxException e) {
            throw new PromqlException(value.position(), "regular expression is not RE2's: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // RE2/J throws others for a few malformed or deeply nested expressions.
            throw new PromqlException(
                    value.position(), "regular expression cannot be compiled: \"" + value.text() + "\"");
        }
    }

    private static MatchOperator matchOperator(Token token) {
        if (token.is(TokenKind.ASSIGN)) {
            return MatchOperator.EQUAL;
        }
        if (token.isOperator("!=")) {
            return MatchOperator.NOT_EQUAL;
        }
        if (token.is(TokenKind.MATCHES)) {
            return MatchOperator.MATCHES;
        }
        if (token.is(TokenKind.MATCHES_NOT)) {
            return MatchOperator.MATCHES_NOT;
        }
        throw TokenCursor.unexpected(token, "label matching", "label matching operator (= != =~ !~)");
    }

    /** Reads what may stand behind an expression: a range behind a selector; the rest of PromQL is refused. */
    Expr parseSuffix(Expr expr) {
        Expr result = expr;
        while (true) {
            Token token = cursor.peek();
            if (token.is(TokenKind.LEFT_BRACKET)) {
                result = parseRange(result);
            } else if (token.isKeyword("offset")) {
                throw Unsupported.feature(token, "offset", "rules are evaluated at the tick alone");
            } else if (token.is(TokenKind.AT)) {
                throw Unsupported.feature(token, "the @ modifier", "rules are evaluated at the tick alone");
            } else {
                return result;
            }
        }
    }

    private RangeSelector parseRange(Expr expr) {
        Token bracket = cursor.next();
        Token duration = cursor.expect(TokenKind.DURATION, "range selector");
        if (cursor.peek().is(TokenKind.COLON)) {
            throw Unsupported.feature(cursor.peek(), "a subquery", "ranges stand behind a selector: name{…}[5m]");
        }
        cursor.expect(TokenKind.RIGHT_BRACKET, "range selector");
        if (!(expr instanceof VectorSelector selector)) {
            throw new PromqlException(bracket.position(), "ranges only allowed for vector selectors");
        }
        return new RangeSelector(selector, range(duration), selector.position());
    }

    private static Duration range(Token token) {
        Duration range;
        try {
            range = PromDuration.parse(token.text());
        } catch (IllegalArgumentException e) {
            throw new PromqlException(token.position(), String.valueOf(e.getMessage()));
        }
        if (range.isZero()) {
            throw new PromqlException(token.position(), "duration must be greater than 0");
        }
        return range;
    }
}
