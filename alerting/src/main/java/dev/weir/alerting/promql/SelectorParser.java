package dev.weir.alerting.promql;

import com.google.re2j.PatternSyntaxException;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads selectors: {@code name{label="value"}}. */
final class SelectorParser {
    private static final String NAME_LABEL = "__name__";
    private static final int MAX_REGEX_LENGTH = 4_096;
    private static final int MAX_REGEX_SIZE = 50_000;

    private final TokenCursor cursor;

    SelectorParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    VectorSelector parse() {
        Position position = cursor.peek().position();
        List<LabelMatcher> matchers = new ArrayList<>();
        String metric = "";
        if (cursor.peek().is(TokenKind.IDENTIFIER)) {
            metric = cursor.next().text();
        }
        if (cursor.peek().is(TokenKind.LEFT_BRACE)) {
            parseMatchers(matchers);
        }
        String name = metricName(metric, matchers, position);
        if (name.isEmpty() && matchers.stream().allMatch(matcher -> matcher.matches(""))) {
            throw new PromqlException(position, "vector selector must contain at least one non-empty matcher");
        }
        return new VectorSelector(name, matchers, Duration.ZERO, null, position);
    }

    /** Takes the name out of the matchers if it stands there. */
    private static String metricName(String written, List<LabelMatcher> matchers, Position position) {
        String metric = written;
        for (LabelMatcher matcher : List.copyOf(matchers)) {
            if (!matcher.label().equals(NAME_LABEL)) {
                continue;
            }
            if (!written.isEmpty()) {
                throw new PromqlException(
                        position,
                        "metric name must not be set twice: \"" + written + "\" or \"" + matcher.value() + "\"");
            }
            if (metric.isEmpty() && matcher.operator() == MatchOperator.EQUAL) {
                metric = matcher.value();
                matchers.remove(matcher);
            }
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
        if (operator.isRegex()) {
            checkRegex(value.text(), value.position());
        }
        return LabelMatcher.of(label.text(), operator, value.text());
    }

    /** Throws unless the text is a regular expression that {@link LabelMatcher#anchored} compiles. */
    static void checkRegex(String regex, Position position) {
        if (regex.length() > MAX_REGEX_LENGTH) {
            throw new PromqlException(
                    position,
                    "regular expression has " + regex.length() + " characters, must be at most " + MAX_REGEX_LENGTH);
        }
        if (RegexSize.of(regex) > MAX_REGEX_SIZE) {
            throw new PromqlException(
                    position, "regular expression unfolds its repeats to more than " + MAX_REGEX_SIZE + " parts");
        }
        try {
            LabelMatcher.anchored(regex);
        } catch (PatternSyntaxException e) {
            throw new PromqlException(position, "regular expression is not RE2's: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // RE2/J throws others for a few malformed or deeply nested expressions.
            throw new PromqlException(position, "regular expression cannot be compiled: \"" + regex + "\"");
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
}
