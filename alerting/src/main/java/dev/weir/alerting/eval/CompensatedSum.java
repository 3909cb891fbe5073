package dev.weir.alerting.eval;

/** Sum of doubles with Neumaier's compensation, as Prometheus 3 adds. */
final class CompensatedSum {
    private double sum;
    private double compensation;

    void add(double value) {
        double next = sum + value;
        if (Double.isInfinite(next)) {
            compensation = 0;
        } else if (Math.abs(sum) >= Math.abs(value)) {
            compensation += (sum - next) + value;
        } else {
            compensation += (value - next) + sum;
        }
        sum = next;
    }

    double value() {
        return sum + compensation;
    }
}
