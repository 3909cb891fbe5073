package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.BucketRates;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.alerting.promql.MatchOperator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The functions of the language. */
final class FunctionCalls {
    private final SelectorReader selectors;
    private final ToDoubleFunction<Expr> scalars;

    FunctionCalls(SelectorReader selectors, ToDoubleFunction<Expr> scalars) {
        this.selectors = selectors;
        this.scalars = scalars;
    }

    List<Sample> call(Call call) {
        return switch (call.function()) {
            case RATE, INCREASE -> new Rates(selectors, call.function()).of(range(call));
            case AVG_OVER_TIME -> overTime(call, AggregationOperator.AVG);
            case MIN_OVER_TIME -> overTime(call, AggregationOperator.MIN);
            case MAX_OVER_TIME -> overTime(call, AggregationOperator.MAX);
            case SUM_OVER_TIME -> overTime(call, AggregationOperator.SUM);
            case COUNT_OVER_TIME -> overTime(call, AggregationOperator.COUNT);
            case ABSENT -> absent((VectorSelector) call.arguments().get(0).unwrapped());
            case HISTOGRAM_QUANTILE -> histogramQuantile(call);
        };
    }

    private List<Sample> overTime(Call call, AggregationOperator operator) {
        return new OverTime(selectors, operator).of(range(call), call.function().symbol());
    }

    /** Any data counts, of any kind of series: whether something reports at all is a question to each. */
    private List<Sample> absent(VectorSelector selector) {
        Selection selection = Selection.instant(selector);
        if (selectors.read(selection).stream().anyMatch(read -> selectors.isPresent(read, selection))) {
            return List.of();
        }
        SortedMap<String, String> labels = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (LabelMatcher matcher : selector.matchers()) {
            boolean first = seen.add(matcher.label());
            if (first
                    && matcher.operator() == MatchOperator.EQUAL
                    && !matcher.value().isEmpty()) {
                labels.put(matcher.label(), matcher.value());
            } else {
                labels.remove(matcher.label());
            }
        }
        return List.of(Sample.of(labels, 1));
    }

    private List<Sample> histogramQuantile(Call call) {
        double q = scalars.applyAsDouble(call.arguments().get(0));
        return new HistogramQuantile(selectors, q)
                .of(BucketRates.of(call.arguments().get(1)));
    }

    private static RangeSelector range(Call call) {
        return (RangeSelector) call.arguments().get(0).unwrapped();
    }
}
