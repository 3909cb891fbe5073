package dev.weir.alerting.plan;

import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.Function;
import dev.weir.alerting.promql.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the operands of an expression, in the order of its text. */
final class Operands {
    private final List<Operand> operands = new ArrayList<>();

    private Operands() {}

    static List<Operand> of(Expr expr) {
        Operands found = new Operands();
        found.collect(expr);
        return found.operands.stream().distinct().toList();
    }

    private void collect(Expr expr) {
        Optional<RangeSelector> summed = summedRates(expr);
        if (summed.isPresent()) {
            Grouping grouping = ((Aggregation) expr).grouping();
            operands.add(new Operand(selection(summed.get()), Optional.of(grouping)));
        } else if (expr instanceof RangeSelector range) {
            operands.add(new Operand(selection(range), Optional.empty()));
        } else if (expr instanceof VectorSelector selector) {
            operands.add(new Operand(Selection.instant(selector), Optional.empty()));
        } else {
            expr.parts().forEach(this::collect);
        }
    }

    /** {@code sum(rate(x[r]))} adds up increments; the sum of their sums is the same, whatever is added first. */
    private static Optional<RangeSelector> summedRates(Expr expr) {
        return expr instanceof Aggregation sum
                        && sum.operator() == AggregationOperator.SUM
                        && sum.argument().unwrapped() instanceof Call call
                        && (call.function() == Function.RATE || call.function() == Function.INCREASE)
                        && call.arguments().get(0).unwrapped() instanceof RangeSelector range
                ? Optional.of(range)
                : Optional.empty();
    }

    private static Selection selection(RangeSelector range) {
        return Selection.over(range.selector(), range.range());
    }
}
