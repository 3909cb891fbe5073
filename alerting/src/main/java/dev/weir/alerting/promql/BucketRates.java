package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.RangeSelector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Second argument of {@code histogram_quantile} in the form {@code rate(x_bucket[r])} or {@code increase(x_bucket[r])},
 * with or without a {@code sum} that keeps {@code le} around it. In this form the quantile can be read from classic buckets
 * and from sketches alike.
 *
 * @param grouping labels that the sum keeps besides {@code le}; null without a sum
 */
public record BucketRates(RangeSelector buckets, @Nullable Grouping grouping) {
    /** The argument in this form; empty if it is any other. */
    public static Optional<BucketRates> of(Expr argument) {
        Expr expr = argument.unwrapped();
        Grouping grouping = null;
        if (expr instanceof Aggregation sum && sum.operator() == AggregationOperator.SUM) {
            grouping = sum.grouping();
            expr = sum.argument().unwrapped();
        }
        if (expr instanceof Call call
                && (call.function() == Function.RATE || call.function() == Function.INCREASE)
                && call.arguments().get(0).unwrapped() instanceof RangeSelector range) {
            return Optional.of(new BucketRates(range, grouping));
        }
        return Optional.empty();
    }

    static void check(Expr argument) {
        of(argument).map(BucketRates::grouping).filter(sum -> !sum.keeps("le")).ifPresent(sum -> {
            throw new PromqlException(
                    argument.position(), "this sum drops the label le, so histogram_quantile would find no bucket");
        });
    }
}
