package dev.weir.alerting.eval;

import dev.weir.alerting.promql.Function;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number, as Go computes them. */
final class MathFunctions {
    private static final double LN_2 = Math.log(2);
    private static final Set<Function> MONOTONE = EnumSet.of(
            Function.CEIL,
            Function.EXP,
            Function.FLOOR,
            Function.LN,
            Function.LOG2,
            Function.LOG10,
            Function.SGN,
            Function.SQRT);

    private MathFunctions() {}

    /** True if a greater number never gives a lesser value. */
    static boolean isMonotone(Function function) {
        return MONOTONE.contains(function);
    }

    static DoubleUnaryOperator of(Function function) {
        return switch (function) {
            case ABS -> Math::abs;
            case CEIL -> Math::ceil;
            case FLOOR -> Math::floor;
            case EXP -> Math::exp;
            case LN -> Math::log;
            case LOG2 -> MathFunctions::log2;
            case LOG10 -> Math::log10;
            case SQRT -> Math::sqrt;
            case SGN -> value -> value < 0 ? -1 : value > 0 ? 1 : value;
            case DEG -> value -> value * 180 / Math.PI;
            case RAD -> value -> value * Math.PI / 180;
            case SIN -> Math::sin;
            case COS -> Math::cos;
            case TAN -> Math::tan;
            case ASIN -> Math::asin;
            case ACOS -> Math::acos;
            case ATAN -> Math::atan;
            case SINH -> Math::sinh;
            case COSH -> Math::cosh;
            case TANH -> Math::tanh;
            case ASINH -> MathFunctions::asinh;
            case ACOSH -> MathFunctions::acosh;
            case ATANH -> value -> 0.5 * Math.log1p(2 * value / (1 - value));
            default -> throw new IllegalArgumentException("function is " + function + ", must be of one number");
        };
    }

    /** The greater; infinity even beside NaN, as in Go. */
    static double max(double one, double other) {
        boolean infinite = one == Double.POSITIVE_INFINITY || other == Double.POSITIVE_INFINITY;
        return infinite ? Double.POSITIVE_INFINITY : Math.max(one, other);
    }

    /** The lesser; negative infinity even beside NaN, as in Go. */
    static double min(double one, double other) {
        boolean infinite = one == Double.NEGATIVE_INFINITY || other == Double.NEGATIVE_INFINITY;
        return infinite ? Double.NEGATIVE_INFINITY : Math.min(one, other);
    }

    /** Exact for powers of two. */
    private static double log2(double value) {
        int exponent = Math.getExponent(value);
        boolean power = value > 0 && Double.isFinite(value) && Math.scalb(1.0, exponent) == value;
        return power ? exponent : Math.log(value) / LN_2;
    }

    private static double asinh(double value) {
        double x = Math.abs(value);
        double result = x > 1e8 ? Math.log(x) + LN_2 : Math.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
        return Math.copySign(result, value);
    }

    private static double acosh(double value) {
        if (value > 1e8) {
            return Math.log(value) + LN_2;
        }
        double above = value - 1;
        return Math.log1p(above + Math.sqrt(2 * above + above * above));
    }
}
