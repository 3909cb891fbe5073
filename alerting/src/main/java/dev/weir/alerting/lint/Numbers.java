package dev.weir.alerting.lint;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import java.util.OptionalDouble;

/** The value of an expression that is made of numbers alone: {@code 10 * 60} is 600. */
final class Numbers {
    private Numbers() {}

    static OptionalDouble value(Expr wrapped) {
        Expr expr = wrapped.unwrapped();
        if (expr instanceof NumberLiteral number) {
            return OptionalDouble.of(number.value());
        } else if (expr instanceof Negation negation) {
            OptionalDouble operand = value(negation.operand());
            return operand.isPresent() ? OptionalDouble.of(-operand.getAsDouble()) : operand;
        } else if (expr instanceof Binary binary) {
            return ofBinary(binary);
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble ofBinary(Binary binary) {
        OptionalDouble left = value(binary.left());
        OptionalDouble right = value(binary.right());
        if (left.isEmpty() || right.isEmpty()) {
            return OptionalDouble.empty();
        }
        double a = left.getAsDouble();
        double b = right.getAsDouble();
        return switch (binary.operator()) {
            case ADD -> OptionalDouble.of(a + b);
            case SUBTRACT -> OptionalDouble.of(a - b);
            case MULTIPLY -> OptionalDouble.of(a * b);
            case DIVIDE -> OptionalDouble.of(a / b);
            case POWER -> OptionalDouble.of(Math.pow(a, b));
            default -> OptionalDouble.empty();
        };
    }
}
