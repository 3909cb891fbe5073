package dev.weir.alerting.eval;

import dev.weir.alerting.promql.BinaryOperator;

/** Operators on numbers as Go computes them; a comparison gives 1 or 0. */
final class Arithmetic {
    private Arithmetic() {}

    static double value(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case MODULO -> left % right;
            case POWER -> power(left, right);
            case ATAN2 -> Math.atan2(left, right);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                holds(operator, left, right) ? 1 : 0;
            case AND, OR, UNLESS ->
                throw new IllegalArgumentException("operator is " + operator + ", must not be a set's");
        };
    }

    static boolean holds(BinaryOperator comparison, double left, double right) {
        return switch (comparison) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            default -> throw new IllegalArgumentException("operator is " + comparison + ", must be a comparison");
        };
    }

    /** Go: 1 to any power is 1, and -1 to an infinite one; Java says NaN. */
    private static double power(double base, double exponent) {
        if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
            return 1;
        }
        return Math.pow(base, exponent);
    }
}
