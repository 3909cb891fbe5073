package dev.weir.sketch;

/** A receiver of the non-empty buckets of a {@link Sketch}, lowest first. */
@FunctionalInterface
public interface BucketVisitor {
    /**
     * Takes one bucket.
     *
     * @param low the smallest value that falls into the bucket, in the unit of the metric
     * @param high the smallest value above the bucket, in the unit of the metric; the bucket of the highest tick also counts
     *     values that were clamped to it
     * @param count how many values the bucket holds, at least 1
     */
    void bucket(double low, double high, long count);
}
