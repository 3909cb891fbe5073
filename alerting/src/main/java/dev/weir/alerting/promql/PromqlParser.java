package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.Parentheses;
import dev.weir.alerting.promql.Expr.StringLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parser of PromQL expressions. Precedence climbing (Pratt 1973) over the tokens: {@code parseExpression(p)} reads
 * operators that bind at least as tightly as p. A unary minus binds like a product, so {@code -2^2} is -4.
 *
 * <p>What Weir does not evaluate is refused here, so a parsed expression is one that can be evaluated. Expressions are
 * bounded in depth and size: neither this parser nor a walk over its tree can exhaust the stack.
 */
public final class PromqlParser {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NODES = 1_000;
    private static final int UNARY_POWER = BinaryOperator.MULTIPLY.bindingPower();

    private final TokenCursor cursor;
    private final SelectorParser selectors;
    private int depth;
    private int nodes;

    private PromqlParser(String text) {
        this.cursor = new TokenCursor(Lexer.tokens(text));
        this.selectors = new SelectorParser(cursor);
    }

    /**
     * Parses an expression and checks its types.
     *
     * @throws PromqlException if it is not valid PromQL or uses a part of it that is not supported
     */
    public static Expr parse(String text) {
        PromqlParser parser = new PromqlParser(text);
        if (parser.cursor.peek().is(TokenKind.END)) {
            throw new PromqlException(Position.START, "no expression found in input");
        }
        Expr expr = parser.parseExpression(0);
        Token rest = parser.cursor.peek();
        if (!rest.is(TokenKind.END)) {
            throw new PromqlException(rest.position(), "unexpected " + rest.describe() + " behind the expression");
        }
        TypeChecker.check(expr);
        return expr;
    }

    private Expr parseExpression(int minimumPower) {
        if (++depth > MAX_DEPTH) {
            throw new PromqlException(cursor.peek().position(), "expression is nested deeper than " + MAX_DEPTH);
        }
        Expr left = parseUnary();
        while (true) {
            Optional<BinaryOperator> operator = BinaryOperator.of(cursor.peek());
            if (operator.isEmpty() || operator.get().bindingPower() < minimumPower) {
                depth--;
                return left;
            }
            left = parseBinary(left, operator.get());
        }
    }

    private Expr parseBinary(Expr left, BinaryOperator operator) {
        cursor.next();
        boolean bool = parseBool(operator);
        VectorMatching matching = parseMatching();
        Expr right = parseExpression(operator.bindingPower() + (operator.isRightAssociative() ? 0 : 1));
        return counted(new Binary(operator, bool, matching, left, right, left.position()));
    }

    private boolean parseBool(BinaryOperator operator) {
        Token token = cursor.peek();
        if (!cursor.skipKeyword("bool")) {
            return false;
        }
        if (operator.kind() != BinaryOperator.Kind.COMPARISON) {
            throw new PromqlException(token.position(), "bool modifier can only be used on comparison operators");
        }
        return true;
    }

    private VectorMatching parseMatching() {
        VectorMatching matching = VectorMatching.ALL_LABELS;
        if (cursor.peek().isKeyword("on") || cursor.peek().isKeyword("ignoring")) {
            boolean on = cursor.next().isKeyword("on");
            matching = new VectorMatching(on, parseLabels("vector matching"));
        }
        Token token = cursor.peek();
        if (token.isKeyword("group_left") || token.isKeyword("group_right")) {
            throw Unsupported.feature(token, token.text(), "aggregate the side with many series first: sum by (…)");
        }
        return matching;
    }

    private Expr parseUnary() {
        Token sign = cursor.peek();
        if (sign.isOperator("-") || sign.isOperator("+")) {
            cursor.next();
            Expr operand = parseExpression(UNARY_POWER + 1);
            if (operand.type() != ValueType.SCALAR && operand.type() != ValueType.INSTANT_VECTOR) {
                throw new PromqlException(
                        sign.position(),
                        "unary expression only allowed on expressions of type scalar or instant vector, got "
                                + operand.type().words());
            }
            return sign.isOperator("+") ? operand : counted(new Negation(operand, sign.position()));
        }
        return selectors.parseSuffix(counted(parsePrimary()));
    }

    private Expr parsePrimary() {
        Token token = cursor.peek();
        switch (token.kind()) {
            case NUMBER -> {
                cursor.next();
                return new NumberLiteral(NumberText.parse(token), token.position());
            }
            case STRING -> {
                cursor.next();
                return new StringLiteral(token.text(), token.position());
            }
            case LEFT_PAREN -> {
                cursor.next();
                Expr inner = parseExpression(0);
                cursor.expect(TokenKind.RIGHT_PAREN, "parentheses");
                return new Parentheses(inner, token.position());
            }
            case LEFT_BRACE -> {
                return selectors.parseSelector();
            }
            case IDENTIFIER -> {
                return parseNamed(token);
            }
            case DURATION ->
                throw Unsupported.feature(token, "a duration as a number", "write it in seconds, such as 300");
            default -> throw TokenCursor.unexpected(token, "an expression", "a number, selector, function or \"(\"");
        }
    }

    private Expr parseNamed(Token name) {
        Token second = cursor.peekSecond();
        boolean called = second.is(TokenKind.LEFT_PAREN);
        boolean grouped = second.isKeyword("by") || second.isKeyword("without");
        Optional<AggregationOperator> aggregation = AggregationOperator.named(name.text());
        if (aggregation.isPresent() && (called || grouped)) {
            return parseAggregation(aggregation.get());
        }
        if (called || (grouped && Unsupported.isAggregation(name))) {
            Function function = Function.named(name.text()).orElseThrow(() -> Unsupported.call(name));
            cursor.next();
            return new Call(function, parseArguments(function.symbol()), name.position());
        }
        return selectors.parseSelector();
    }

    private Expr parseAggregation(AggregationOperator operator) {
        Position position = cursor.next().position();
        Optional<Grouping> before = parseGrouping();
        Position arguments = cursor.peek().position();
        List<Expr> expressions = parseArguments(operator.symbol());
        Optional<Grouping> grouping = before.isPresent() ? before : parseGrouping();
        if (expressions.size() != 1) {
            throw new PromqlException(
                    arguments,
                    "wrong number of arguments for aggregate expression provided, expected 1, got "
                            + expressions.size());
        }
        return new Aggregation(operator, grouping.orElse(Grouping.ALL_TOGETHER), expressions.get(0), position);
    }

    private Optional<Grouping> parseGrouping() {
        Token token = cursor.peek();
        if (!token.isKeyword("by") && !token.isKeyword("without")) {
            return Optional.empty();
        }
        cursor.next();
        return Optional.of(new Grouping(token.isKeyword("by"), parseLabels("grouping")));
    }

    private List<String> parseLabels(String context) {
        cursor.expect(TokenKind.LEFT_PAREN, context);
        List<String> labels = new ArrayList<>();
        while (!cursor.skip(TokenKind.RIGHT_PAREN)) {
            Token label = cursor.expect(TokenKind.IDENTIFIER, context);
            if (label.text().indexOf(':') >= 0) {
                throw TokenCursor.unexpected(label, context, "label");
            }
            labels.add(label.text());
            if (!cursor.peek().is(TokenKind.RIGHT_PAREN)) {
                cursor.expect(TokenKind.COMMA, context);
            }
        }
        return labels;
    }

    private List<Expr> parseArguments(String context) {
        cursor.expect(TokenKind.LEFT_PAREN, context);
        List<Expr> arguments = new ArrayList<>();
        while (!cursor.skip(TokenKind.RIGHT_PAREN)) {
            arguments.add(parseExpression(0));
            if (!cursor.peek().is(TokenKind.RIGHT_PAREN)) {
                cursor.expect(TokenKind.COMMA, context);
            }
        }
        return arguments;
    }

    private Expr counted(Expr expr) {
        if (++nodes > MAX_NODES) {
            throw new PromqlException(expr.position(), "expression has more than " + MAX_NODES + " parts");
        }
        return expr;
    }
}
