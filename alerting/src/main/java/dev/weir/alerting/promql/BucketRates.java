package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.RangeSelector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Second argument of {@code histogram_quantile} in its accepted form: {@code rate(x_bucket[r])} or
 * {@code increase(x_bucket[r])}, with or without a {@code sum} that keeps {@code le} around it. In this form the
 * quantile can be read from classic buckets and from sketches alike.
 *
 * @param grouping labels that the sum keeps besides {@code le}; null without a sum
 */
public record BucketRates(RangeSelector buckets, @Nullable Grouping grouping) {
    private static final String FORM =
            "histogram_quantile takes rate(x_bucket[5m]) or sum by (le, …) (rate(x_bucket[5m])); ";

    /** The accepted form of an argument that the parser has let through. */
    public static BucketRates of(Expr argument) {
        return find(argument).orElseThrow(() -> new IllegalArgumentException("argument was not checked: " + argument));
    }

    static void check(Expr argument) {
        BucketRates rates = find(argument)
                .orElseThrow(() -> new PromqlException(argument.position(), FORM + "anything else is not supported"));
        if (!rates.buckets.selector().metric().endsWith("_bucket")) {
            throw new PromqlException(
                    rates.buckets.position(),
                    FORM + "metric is \"" + rates.buckets.selector().metric() + "\", must end with _bucket");
        }
        if (rates.grouping != null && !rates.grouping.keeps("le")) {
            throw new PromqlException(argument.position(), FORM + "this sum drops the label le, so no bucket is left");
        }
    }

    private static Optional<BucketRates> find(Expr argument) {
        Expr expr = argument.unwrapped();
        Grouping grouping = null;
        if (expr instanceof Aggregation sum && sum.operator() == AggregationOperator.SUM) {
            grouping = sum.grouping();
            expr = sum.argument().unwrapped();
        }
        if (expr instanceof Call call
                && (call.function() == Function.RATE || call.function() == Function.INCREASE)
                && call.arguments().size() == 1
                && call.arguments().get(0).unwrapped() instanceof RangeSelector range) {
            return Optional.of(new BucketRates(range, grouping));
        }
        return Optional.empty();
    }
}
