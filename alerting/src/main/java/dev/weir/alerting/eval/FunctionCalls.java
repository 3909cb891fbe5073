package dev.weir.alerting.eval;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.Function;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The functions of the language that give a vector. */
final class FunctionCalls {
    private final Evaluator evaluator;
    private final SelectorReader selectors;
    private final EvaluationTime time;

    FunctionCalls(Evaluator evaluator, SelectorReader selectors, EvaluationTime time) {
        this.evaluator = evaluator;
        this.selectors = selectors;
        this.time = time;
    }

    List<Sample> call(Call call) {
        return switch (call.function()) {
            case RATE,
                    INCREASE,
                    DELTA,
                    IRATE,
                    IDELTA,
                    CHANGES,
                    RESETS,
                    DERIV,
                    PREDICT_LINEAR,
                    HOLT_WINTERS,
                    SUM_OVER_TIME,
                    AVG_OVER_TIME,
                    COUNT_OVER_TIME,
                    MIN_OVER_TIME,
                    MAX_OVER_TIME,
                    LAST_OVER_TIME,
                    PRESENT_OVER_TIME,
                    STDDEV_OVER_TIME,
                    STDVAR_OVER_TIME,
                    QUANTILE_OVER_TIME -> new RangeCalls(selectors, evaluator::scalar).call(call);
            case ABSENT_OVER_TIME -> new Absence(selectors).of(RangeCalls.range(call));
            case ABSENT -> absent(call.arguments().get(0).unwrapped());
            case HISTOGRAM_QUANTILE -> new HistogramQuantile(evaluator, selectors).of(call);
            case LABEL_REPLACE -> LabelFunctions.replace(call, vector(call));
            case LABEL_JOIN -> LabelFunctions.join(call, vector(call));
            case SORT, SORT_DESC -> vector(call);
            case VECTOR -> List.of(Sample.of(Map.of(), scalar(call, 0)));
            case TIMESTAMP -> timestamp(call);
            case MINUTE, HOUR, DAY_OF_MONTH, DAY_OF_WEEK, DAY_OF_YEAR, DAYS_IN_MONTH, MONTH, YEAR -> date(call);
            case CLAMP -> clamp(vector(call), scalar(call, 1), scalar(call, 2));
            case CLAMP_MIN -> clamp(vector(call), scalar(call, 1), Double.POSITIVE_INFINITY);
            case CLAMP_MAX -> clamp(vector(call), Double.NEGATIVE_INFINITY, scalar(call, 1));
            case ROUND -> round(call);
            default -> each(call);
        };
    }

    private List<Sample> absent(Expr argument) {
        if (argument instanceof VectorSelector selector) {
            return new Absence(selectors).of(selector);
        }
        return evaluator.vector(argument).isEmpty() ? Absence.absent(argument) : List.of();
    }

    private List<Sample> timestamp(Call call) {
        if (call.arguments().get(0).unwrapped() instanceof VectorSelector selector) {
            return selectors.timestamps(selector);
        }
        return mapped(vector(call), value -> time.nowSeconds(), false);
    }

    private List<Sample> date(Call call) {
        Function part = call.function();
        if (call.arguments().isEmpty()) {
            return List.of(Sample.of(Map.of(), CalendarFunctions.value(part, time.nowSeconds())));
        }
        return mapped(vector(call), value -> CalendarFunctions.value(part, value), false);
    }

    private List<Sample> clamp(List<Sample> samples, double min, double max) {
        if (max < min) {
            return List.of();
        }
        return mapped(samples, value -> MathFunctions.max(min, MathFunctions.min(max, value)), true);
    }

    private List<Sample> round(Call call) {
        double inverse = 1 / (call.arguments().size() > 1 ? scalar(call, 1) : 1);
        return mapped(vector(call), value -> Math.floor(value * inverse + 0.5) / inverse, inverse > 0);
    }

    private List<Sample> each(Call call) {
        return mapped(vector(call), MathFunctions.of(call.function()), MathFunctions.isMonotone(call.function()));
    }

    private static List<Sample> mapped(List<Sample> samples, DoubleUnaryOperator function, boolean monotone) {
        return samples.stream()
                .map(sample -> new Sample(
                        Sample.withoutName(sample.labels()),
                        function.applyAsDouble(sample.value()),
                        monotone && sample.bounds() != null ? sample.bounds().map(function) : null))
                .toList();
    }

    private List<Sample> vector(Call call) {
        return evaluator.vector(call.arguments().get(0));
    }

    private double scalar(Call call, int argument) {
        return evaluator.scalar(call.arguments().get(argument));
    }
}
