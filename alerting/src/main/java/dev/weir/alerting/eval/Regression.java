package dev.weir.alerting.eval;

import dev.weir.pane.Point;
import java.util.OptionalDouble;

/** Least-squares line through the samples of a range. */
record Regression(double slope, double intercept) {
    /** The slope, per second. */
    static OptionalDouble slope(Window window) {
        return window.points().size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(of(window, window.first().timestampMs()).slope);
    }

    /** The value of the line so many seconds after the evaluation. */
    static OptionalDouble predicted(Window window, double seconds) {
        if (window.points().size() < 2) {
            return OptionalDouble.empty();
        }
        Regression line = of(window, window.lastMs());
        return OptionalDouble.of(line.slope * seconds + line.intercept);
    }

    private static Regression of(Window window, long interceptMs) {
        if (isConstant(window)) {
            double value = window.first().value();
            return Double.isInfinite(value) ? new Regression(Double.NaN, Double.NaN) : new Regression(0, value);
        }
        CompensatedSum sumX = new CompensatedSum();
        CompensatedSum sumY = new CompensatedSum();
        CompensatedSum sumXy = new CompensatedSum();
        CompensatedSum sumX2 = new CompensatedSum();
        for (Point point : window.points()) {
            double x = (point.timestampMs() - interceptMs) / 1e3;
            sumX.add(x);
            sumY.add(point.value());
            sumXy.add(x * point.value());
            sumX2.add(x * x);
        }
        double n = window.points().size();
        double covariance = sumXy.finite() - sumX.finite() * sumY.finite() / n;
        double variance = sumX2.finite() - sumX.finite() * sumX.finite() / n;
        double slope = covariance / variance;
        return new Regression(slope, sumY.finite() / n - slope * sumX.finite() / n);
    }

    private static boolean isConstant(Window window) {
        double first = window.first().value();
        return window.points().stream().skip(1).allMatch(point -> point.value() == first);
    }
}
