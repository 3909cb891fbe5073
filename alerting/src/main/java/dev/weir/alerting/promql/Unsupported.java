package dev.weir.alerting.promql;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of PromQL that Weir does not evaluate: each is refused by name, with what there is instead. */
final class Unsupported {
    private static final Set<String> FUNCTIONS = Set.of(
            ("abs absent_over_time acos acosh asin asinh atan atanh ceil changes clamp clamp_max clamp_min cos cosh "
                            + "day_of_month day_of_week day_of_year days_in_month deg delta deriv double_exponential_smoothing "
                            + "exp first_over_time floor histogram_avg histogram_count histogram_fraction histogram_stddev "
                            + "histogram_stdvar histogram_sum holt_winters hour idelta info irate label_join label_replace "
                            + "last_over_time ln log10 log2 mad_over_time minute month pi predict_linear present_over_time "
                            + "quantile_over_time rad resets round scalar sgn sin sinh sort sort_by_label "
                            + "sort_by_label_desc sort_desc sqrt stddev_over_time stdvar_over_time tan tanh time timestamp "
                            + "ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time vector year")
                    .split(" "));
    private static final Set<String> AGGREGATIONS =
            Set.of("bottomk", "count_values", "group", "limitk", "limit_ratio", "quantile", "stddev", "stdvar", "topk");

    private Unsupported() {}

    static PromqlException call(Token name) {
        String text = name.text();
        if (AGGREGATIONS.contains(text)) {
            return new PromqlException(
                    name.position(),
                    "aggregation " + text + " is not supported; supported are "
                            + join(symbols(AggregationOperator.values())));
        }
        String fault = FUNCTIONS.contains(text)
                ? "function " + text + " is not supported"
                : "unknown function with name \"" + text + "\"";
        return new PromqlException(name.position(), fault + "; supported are " + join(symbols(Function.values())));
    }

    static boolean isAggregation(Token name) {
        return AGGREGATIONS.contains(name.text());
    }

    static PromqlException feature(Token token, String feature, String instead) {
        return new PromqlException(token.position(), feature + " is not supported; " + instead);
    }

    private static Stream<String> symbols(Function[] functions) {
        return Arrays.stream(functions).map(Function::symbol);
    }

    private static Stream<String> symbols(AggregationOperator[] operators) {
        return Arrays.stream(operators).map(AggregationOperator::symbol);
    }

    private static String join(Stream<String> words) {
        List<String> sorted = words.sorted().toList();
        return sorted.stream().collect(Collectors.joining(", "));
    }
}
