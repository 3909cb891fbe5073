package dev.weir.alerting.lint;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Binary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A value compared with a number, the number brought to the right.
 *
 * @param whole the comparison as it stands
 */
record Comparison(Binary whole, Expr value, BinaryOperator operator, double threshold) {
    /** All of an expression, outermost first. */
    static List<Comparison> in(Expr expr) {
        List<Comparison> found = new ArrayList<>();
        expr.forEach(part -> add(part, found));
        return found;
    }

    /** Those that decide by themselves whether an alert is raised: not what stands behind {@code and} or {@code unless}. */
    static List<Comparison> deciding(Expr wrapped) {
        Expr expr = wrapped.unwrapped();
        List<Comparison> found = new ArrayList<>();
        if (expr instanceof Binary binary && binary.operator() == BinaryOperator.OR) {
            found.addAll(deciding(binary.left()));
            found.addAll(deciding(binary.right()));
        } else {
            add(expr, found);
        }
        return found;
    }

    boolean isAbove() {
        return operator == BinaryOperator.GREATER || operator == BinaryOperator.GREATER_OR_EQUAL;
    }

    boolean isBelow() {
        return operator == BinaryOperator.LESS || operator == BinaryOperator.LESS_OR_EQUAL;
    }

    private static void add(Expr part, List<Comparison> found) {
        if (!(part instanceof Binary binary) || binary.operator().kind() != BinaryOperator.Kind.COMPARISON) {
            return;
        }
        OptionalDouble right = Numbers.value(binary.right());
        OptionalDouble left = Numbers.value(binary.left());
        if (right.isPresent() && left.isEmpty()) {
            found.add(new Comparison(binary, binary.left().unwrapped(), binary.operator(), right.getAsDouble()));
        } else if (left.isPresent() && right.isEmpty()) {
            found.add(new Comparison(
                    binary, binary.right().unwrapped(), mirrored(binary.operator()), left.getAsDouble()));
        }
    }

    private static BinaryOperator mirrored(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> BinaryOperator.GREATER;
            case LESS_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
            case GREATER -> BinaryOperator.LESS;
            case GREATER_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
            default -> operator;
        };
    }
}
