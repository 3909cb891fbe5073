package dev.weir.sketch;

/**
 * One quantile by nearest rank, {@code ceil(q * n)}, with the bounds of the bucket that holds it, in the unit of the metric.
 *
 * @param q the quantile, 0 to 1
 * @param value HdrHistogram's value at this percentile: the top of the bucket (its bottom for q = 0)
 * @param low the true value is at least this
 * @param high the true value is at most this; infinite in the bucket to which greater values are clamped
 */
public record Quantile(double q, double value, double low, double high) {
    public Quantile {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("q is " + q + ", must be 0 to 1 (quantile)");
        }
        if (!(low <= high)) {
            throw new IllegalArgumentException("low is " + low + ", must be <= high " + high + " (quantile " + q + ")");
        }
    }
}
