package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.Parentheses;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parser of PromQL expressions. Precedence climbing (Pratt 1973) over the tokens: {@code parseExpression(p)} reads
 * operators that bind at least as tightly as p. A unary minus binds like a product, so {@code -2^2} is -4.
 *
 * <p>All of the syntax of Prometheus 2.42 is read. What Weir does not evaluate is refused then, so a parsed expression is one
 * that can be evaluated. Expressions are bounded in length, depth and size: neither this parser nor a walk over its tree can
 * exhaust the stack.
 */
public final class PromqlParser {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NODES = 1_000;
    private static final int UNARY_POWER = BinaryOperator.MULTIPLY.bindingPower();

    private final TokenCursor cursor;
    private final SelectorParser selectors;
    private final ModifierParser modifiers;
    private int depth;
    private int nodes;

    private PromqlParser(String text) {
        this.cursor = new TokenCursor(Lexer.tokens(text));
        this.selectors = new SelectorParser(cursor);
        this.modifiers = new ModifierParser(cursor);
    }

    /**
     * Parses an expression and checks its types.
     *
     * @throws PromqlException if it is not valid PromQL or uses a part of it that is not supported
     */
    public static Expr parse(String text) {
        Expr expr = parseSyntax(text);
        Unsupported.check(expr);
        RuleChecker.check(expr);
        return expr;
    }

    /** As {@link #parse}, with what is valid PromQL but not evaluated. */
    static Expr parseSyntax(String text) {
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
        if (!cursor.peek().isKeyword("on") && !cursor.peek().isKeyword("ignoring")) {
            return VectorMatching.ALL_LABELS;
        }
        boolean on = cursor.next().isKeyword("on");
        List<String> labels = parseLabels("vector matching");
        Token group = cursor.peek();
        if (!group.isKeyword("group_left") && !group.isKeyword("group_right")) {
            return new VectorMatching(on, labels);
        }
        cursor.next();
        List<String> included =
                cursor.peek().is(TokenKind.LEFT_PAREN) ? parseLabels("vector matching") : List.<String>of();
        Cardinality cardinality = group.isKeyword("group_left") ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        return new VectorMatching(on, labels, cardinality, included);
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
        return modifiers.parse(counted(parsePrimary()));
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
                return selectors.parse();
            }
            case IDENTIFIER -> {
                return parseNamed(token);
            }
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
        if (called && !isReserved(name)) {
            Function function = Function.named(name.text()).orElseThrow(() -> Unsupported.call(name));
            cursor.next();
            return new Call(function, parseArguments(function.symbol()), name.position());
        }
        if (isReserved(name)) {
            throw TokenCursor.unexpected(name, "an expression", "a number, selector, function or \"(\"");
        }
        return selectors.parse();
    }

    /** Keywords that cannot be the name of a metric; others, as and, by or offset, can. */
    private static boolean isReserved(Token name) {
        return Stream.of("bool", "on", "ignoring", "group_left", "group_right", "atan2")
                .anyMatch(name::isKeyword);
    }

    private Expr parseAggregation(AggregationOperator operator) {
        Position position = cursor.next().position();
        Optional<Grouping> before = parseGrouping();
        Position start = cursor.peek().position();
        List<Expr> arguments = parseArguments(operator.symbol());
        Grouping grouping = before.or(this::parseGrouping).orElse(Grouping.ALL_TOGETHER);
        int expected = operator.parameter().isPresent() ? 2 : 1;
        if (arguments.isEmpty()) {
            throw new PromqlException(start, "no arguments for aggregate expression provided");
        }
        if (arguments.size() != expected) {
            throw new PromqlException(
                    start,
                    "wrong number of arguments for aggregate expression provided, expected " + expected + ", got "
                            + arguments.size());
        }
        Expr parameter = expected == 2 ? arguments.get(0) : null;
        return new Aggregation(operator, grouping, parameter, arguments.get(expected - 1), position);
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
        if (cursor.skip(TokenKind.RIGHT_PAREN)) {
            return arguments;
        }
        while (true) {
            arguments.add(parseExpression(0));
            if (cursor.skip(TokenKind.RIGHT_PAREN)) {
                return arguments;
            }
            Token comma = cursor.expect(TokenKind.COMMA, context);
            if (cursor.peek().is(TokenKind.RIGHT_PAREN)) {
                throw new PromqlException(comma.position(), "trailing commas not allowed in function call args");
            }
        }
    }

    private Expr counted(Expr expr) {
        if (++nodes > MAX_NODES) {
            throw new PromqlException(expr.position(), "expression has more than " + MAX_NODES + " parts");
        }
        return expr;
    }
}
