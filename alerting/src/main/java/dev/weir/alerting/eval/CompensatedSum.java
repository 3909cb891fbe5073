package dev.weir.alerting.eval;

/** Sum of doubles with Neumaier's compensation, as Prometheus adds over time. */
final class CompensatedSum {
    private double sum;
    private double compensation;

    void add(double value) {
        double next = sum + value;
        if (Math.abs(sum) >= Math.abs(value)) {
            compensation += (sum - next) + value;
        } else {
            compensation += (value - next) + sum;
        }
        sum = next;
    }

    /** The sum without its compensation. */
    double rounded() {
        return sum;
    }

    /** The sum; NaN if it is infinite, as the compensation then is none. */
    double finite() {
        return sum + compensation;
    }

    double value() {
        return Double.isInfinite(sum) ? sum : finite();
    }
}
