package dev.weir.alerting.eval;

import java.util.function.DoubleUnaryOperator;

/** Limits between which the true value of a sample read from a sketch lies. */
public record Bounds(double low, double high) {
    public Bounds {
        if (low > high) {
            throw new IllegalArgumentException("low is " + low + ", must be <= high, " + high);
        }
    }

    /** The bounds behind a monotone function, rising or falling. */
    Bounds map(DoubleUnaryOperator function) {
        double one = function.applyAsDouble(low);
        double other = function.applyAsDouble(high);
        return new Bounds(Math.min(one, other), Math.max(one, other));
    }
}
