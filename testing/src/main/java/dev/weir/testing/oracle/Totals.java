package dev.weir.testing.oracle;

import dev.weir.aggregates.WindowAggregate;
import org.jspecify.annotations.Nullable;

/** The numbers that published windows and stored rows have in common, observed or recomputed. */
record Totals(
        long count,
        double sum,
        double min,
        double max,
        long successCount,
        long errorCount,
        long hitCount,
        long missCount,
        @Nullable Double errorRatio,
        @Nullable Double hitRatio) {

    static Totals of(WindowAggregate aggregate) {
        return new Totals(
                aggregate.getCount(),
                aggregate.getSum(),
                aggregate.getMin(),
                aggregate.getMax(),
                aggregate.getSuccessCount(),
                aggregate.getErrorCount(),
                aggregate.getHitCount(),
                aggregate.getMissCount(),
                aggregate.getErrorRatio(),
                aggregate.getHitRatio());
    }

    void check(FieldCheck check, Totals expected) {
        check.same("count", count, expected.count);
        check.same("sum", sum, expected.sum);
        check.same("min", min, expected.min);
        check.same("max", max, expected.max);
        check.same("success_count", successCount, expected.successCount);
        check.same("error_count", errorCount, expected.errorCount);
        check.same("hit_count", hitCount, expected.hitCount);
        check.same("miss_count", missCount, expected.missCount);
        check.quotient("error_ratio", errorRatio, expected.errorRatio);
        check.quotient("hit_ratio", hitRatio, expected.hitRatio);
    }
}
