package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Subquery;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of PromQL that Weir does not evaluate: each is refused by name, with what to write instead. */
final class Unsupported {
    private static final String NATIVE = "there are no native histograms; use x_count, x_sum or histogram_quantile";
    private static final String UNORDERED = "the samples of a rule have no order; leave it out";
    private static final String SAMPLE = "use last_over_time, min_over_time or max_over_time";

    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("double_exponential_smoothing", "use holt_winters, its name in Prometheus 2"),
            Map.entry("first_over_time", SAMPLE),
            Map.entry("histogram_avg", NATIVE),
            Map.entry("histogram_count", NATIVE),
            Map.entry("histogram_fraction", NATIVE),
            Map.entry("histogram_quantiles", NATIVE),
            Map.entry("histogram_stddev", NATIVE),
            Map.entry("histogram_stdvar", NATIVE),
            Map.entry("histogram_sum", NATIVE),
            Map.entry("info", "join by hand: * on(…) group_left(…) target_info"),
            Map.entry("limit_ratio", "use topk or a matcher"),
            Map.entry("limitk", "use topk"),
            Map.entry("mad_over_time", "use stddev_over_time"),
            Map.entry("sort_by_label", UNORDERED),
            Map.entry("sort_by_label_desc", UNORDERED),
            Map.entry("ts_of_first_over_time", SAMPLE),
            Map.entry("ts_of_last_over_time", SAMPLE),
            Map.entry("ts_of_max_over_time", SAMPLE),
            Map.entry("ts_of_min_over_time", SAMPLE));

    private Unsupported() {}

    /** A function or aggregation that is not Weir's. */
    static PromqlException call(Token name) {
        String instead = CALLS.get(name.text());
        return instead == null
                ? new PromqlException(name.position(), "unknown function with name \"" + name.text() + "\"")
                : feature(name.position(), name.text(), instead);
    }

    /** Throws at the first part of the expression that is valid PromQL but not evaluated. */
    static void check(Expr root) {
        root.forEach(expr -> fault(expr).ifPresent(fault -> {
            throw fault;
        }));
    }

    private static Optional<PromqlException> fault(Expr expr) {
        if (expr instanceof Subquery subquery) {
            return Optional.of(feature(
                    subquery.position(), "a subquery", "record the inner expression and write its name with a range"));
        }
        if (!(expr instanceof VectorSelector selector)) {
            return Optional.empty();
        }
        return modifierFault(selector.position(), selector.offset(), selector.at())
                .or(() -> namelessFault(selector));
    }

    private static Optional<PromqlException> modifierFault(
            Position position, Duration offset, @Nullable AtModifier at) {
        if (at != null) {
            return Optional.of(feature(
                    position, "the @ modifier", "a rule is evaluated at its tick; use offset, or leave it out"));
        }
        if (offset.isNegative()) {
            return Optional.of(feature(
                    position,
                    "a negative offset",
                    "the future has not happened; give the other side a positive offset"));
        }
        return Optional.empty();
    }

    private static Optional<PromqlException> namelessFault(VectorSelector selector) {
        boolean named = !selector.metric().isEmpty()
                || selector.matchers().stream()
                        .anyMatch(matcher -> matcher.label().equals("__name__") && !matcher.matches(""));
        return named
                ? Optional.empty()
                : Optional.of(feature(
                        selector.position(), "a selector without a metric name", "write name{…} or {__name__=~\"…\"}"));
    }

    private static PromqlException feature(Position position, String feature, String instead) {
        return new PromqlException(position, feature + " is not supported; " + instead);
    }
}
