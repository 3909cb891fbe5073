package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/** The functions over a range: exact over increments and observations, of samples over gauges and running totals. */
final class RangeCalls {
    private final SelectorReader selectors;
    private final ToDoubleFunction<Expr> scalars;

    RangeCalls(SelectorReader selectors, ToDoubleFunction<Expr> scalars) {
        this.selectors = selectors;
        this.scalars = scalars;
    }

    List<Sample> call(Call call) {
        RangeSelector range = range(call);
        double[] parameters = call.arguments().stream()
                .filter(argument -> argument.unwrapped() != range)
                .mapToDouble(scalars)
                .toArray();
        Selection selection = Selection.over(range.selector(), range.range());
        List<Sample> samples = new ArrayList<>();
        for (SelectedSeries series : selectors.read(selection)) {
            samples.addAll(of(series, call.function(), parameters));
        }
        return samples;
    }

    static RangeSelector range(Call call) {
        return call.arguments().stream()
                .map(Expr::unwrapped)
                .filter(RangeSelector.class::isInstance)
                .map(RangeSelector.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("call has no range: " + call));
    }

    /** The values of one series: none, one, or, of counts split by outcome, several. */
    static List<Sample> of(SelectedSeries series, Function function, double... parameters) {
        boolean rate = function == Function.RATE || function == Function.INCREASE;
        if (function == Function.PRESENT_OVER_TIME) {
            return series.hasData() ? List.of(Sample.of(series.labels(), 1)) : List.of();
        }
        if (rate && !series.isSampled()) {
            return countRates(series, function);
        }
        series.requireSamples(function.symbol());
        OptionalDouble value = sampled(series, function, parameters);
        if (value.isEmpty()) {
            return List.of();
        }
        SortedMap<String, String> labels =
                function == Function.LAST_OVER_TIME ? series.labelsWithName() : series.labels();
        return List.of(Sample.of(labels, value.getAsDouble()));
    }

    private static List<Sample> countRates(SelectedSeries series, Function function) {
        if (series.isDistribution()) {
            String metric = series.series().metric();
            throw new EvaluationException(metric + series.facet().suffix() + " is read from series "
                    + series.series().key() + " of kind OBSERVATION, which is a distribution; use " + metric
                    + "_count, " + metric + "_sum or histogram_quantile over rate(" + metric + "_bucket[…])");
        }
        double divisor = function == Function.RATE ? series.selection().range().toMillis() / 1000.0 : 1;
        return IncrementCounts.of(series).stream()
                .map(sample -> Sample.of(sample.labels(), sample.value() / divisor))
                .toList();
    }

    private static OptionalDouble sampled(SelectedSeries series, Function function, double[] parameters) {
        if (Points.areIncomplete(series.read().panes()) && PaneSummary.answers(function)) {
            return PaneSummary.value(series.panes(), function);
        }
        series.requireAllSamples(function.symbol());
        Window window = series.window();
        return window.points().isEmpty() ? OptionalDouble.empty() : value(function, window, parameters);
    }

    private static OptionalDouble value(Function function, Window window, double[] parameters) {
        return switch (function) {
            case RATE, INCREASE, DELTA -> Extrapolation.of(window, function);
            case IRATE, IDELTA -> Extrapolation.ofLastTwo(window, function);
            case DERIV -> Regression.slope(window);
            case PREDICT_LINEAR -> Regression.predicted(window, parameters[0]);
            case HOLT_WINTERS -> new Smoothing(parameters[0], parameters[1]).of(window.values());
            case QUANTILE_OVER_TIME -> OptionalDouble.of(Quantiles.of(parameters[0], window.values()));
            default -> OptionalDouble.of(overTime(function, window.values()));
        };
    }

    private static double overTime(Function function, double[] values) {
        return switch (function) {
            case SUM_OVER_TIME -> OverTime.sum(values);
            case AVG_OVER_TIME -> OverTime.mean(values);
            case COUNT_OVER_TIME -> values.length;
            case MIN_OVER_TIME -> OverTime.min(values);
            case MAX_OVER_TIME -> OverTime.max(values);
            case LAST_OVER_TIME -> values[values.length - 1];
            case STDVAR_OVER_TIME -> OverTime.variance(values);
            case STDDEV_OVER_TIME -> Math.sqrt(OverTime.variance(values));
            case CHANGES -> OverTime.changes(values);
            case RESETS -> OverTime.resets(values);
            default -> throw new IllegalArgumentException("function is " + function + ", must take a range");
        };
    }
}
