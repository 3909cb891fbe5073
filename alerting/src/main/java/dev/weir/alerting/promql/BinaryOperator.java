package dev.weir.alerting.promql;

import java.util.Locale;
import java.util.Optional;

/** Operator between two expressions; a greater binding power binds tighter, as in Prometheus. */
public enum BinaryOperator {
    OR("or", 1, Kind.SET),
    AND("and", 2, Kind.SET),
    UNLESS("unless", 2, Kind.SET),
    EQUAL("==", 3, Kind.COMPARISON),
    NOT_EQUAL("!=", 3, Kind.COMPARISON),
    LESS_OR_EQUAL("<=", 3, Kind.COMPARISON),
    LESS("<", 3, Kind.COMPARISON),
    GREATER_OR_EQUAL(">=", 3, Kind.COMPARISON),
    GREATER(">", 3, Kind.COMPARISON),
    ADD("+", 4, Kind.ARITHMETIC),
    SUBTRACT("-", 4, Kind.ARITHMETIC),
    MULTIPLY("*", 5, Kind.ARITHMETIC),
    DIVIDE("/", 5, Kind.ARITHMETIC),
    MODULO("%", 5, Kind.ARITHMETIC),
    ATAN2("atan2", 5, Kind.ARITHMETIC),
    POWER("^", 6, Kind.ARITHMETIC);

    /** Group of operators with the same rules. */
    public enum Kind {
        ARITHMETIC,
        COMPARISON,
        SET
    }

    private final String symbol;
    private final int bindingPower;
    private final Kind kind;

    BinaryOperator(String symbol, int bindingPower, Kind kind) {
        this.symbol = symbol;
        this.bindingPower = bindingPower;
        this.kind = kind;
    }

    static Optional<BinaryOperator> of(Token token) {
        if (!token.is(TokenKind.OPERATOR) && !token.is(TokenKind.IDENTIFIER)) {
            return Optional.empty();
        }
        String text = token.text().toLowerCase(Locale.ROOT);
        for (BinaryOperator operator : values()) {
            if (operator.symbol.equals(text)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    public String symbol() {
        return symbol;
    }

    public Kind kind() {
        return kind;
    }

    /** True if the result keeps the metric name of its operand; of arithmetic, atan2 does. */
    public boolean keepsName() {
        return kind != Kind.ARITHMETIC || this == ATAN2;
    }

    int bindingPower() {
        return bindingPower;
    }

    boolean isRightAssociative() {
        return this == POWER;
    }
}
