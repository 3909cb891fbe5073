package dev.weir.alerting.promtool;

import static dev.weir.alerting.promtool.ExpressionNode.scalar;
import static dev.weir.alerting.promtool.ExpressionNode.vector;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random expressions over the series of {@link SeriesGenerator}, of every part of the language that Weir evaluates.
 *
 * <p>Prometheus adds in an order that varies from run to run, so the last bits of a sum or mean do. What jumps (comparisons
 * with each other, rounding, ranks, the sine of great numbers) is therefore given only exact operands: those whose bits no order changes.
 */
final class ExpressionGenerator {
    private static final List<String> SAMPLE_FUNCTIONS = List.of(
            "min_over_time",
            "max_over_time",
            "sum_over_time",
            "count_over_time",
            "last_over_time",
            "present_over_time");
    private static final List<String> RANGE_FUNCTIONS = List.of(
            "rate",
            "increase",
            "delta",
            "irate",
            "idelta",
            "deriv",
            "changes",
            "resets",
            "avg_over_time",
            "stddev_over_time",
            "stdvar_over_time");
    private static final List<String> SMOOTH_FUNCTIONS =
            List.of("exp", "ln", "log2", "log10", "sqrt", "abs", "tanh", "asinh", "atan", "deg", "rad");
    private static final List<String> DATES =
            List.of("hour", "minute", "month", "year", "day_of_month", "day_of_week", "day_of_year", "days_in_month");
    private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/");
    private static final List<String> COMPARISONS = List.of("==", "!=", ">", "<", ">=", "<=");

    private final Random random;

    ExpressionGenerator(Random random) {
        this.random = random;
    }

    ExpressionNode next() {
        return random.nextInt(15) == 0 ? number(2) : any(1 + random.nextInt(3));
    }

    /** Anything; last bits may differ. */
    private ExpressionNode any(int depth) {
        if (depth == 0) {
            return exact(0);
        }
        return switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4 -> exact(depth);
            case 5 -> vector(pick(List.of("avg", "stddev", "stdvar", "sum")) + grouping() + " (%)", any(depth - 1));
            case 6 -> vector("(%) " + pick(ARITHMETIC) + " " + matching(true) + "(%)", any(depth - 1), any(depth - 1));
            case 7 -> vector("(%) " + pick(ARITHMETIC) + " %", any(depth - 1), number(1));
            case 8 -> vector("% " + pick(ARITHMETIC) + " (%)", number(1), any(depth - 1));
            case 9 -> vector(pick(SMOOTH_FUNCTIONS) + "(%)", any(depth - 1));
            case 10 -> vector("(%) " + pick(COMPARISONS) + bool() + " 1.618033", any(depth - 1));
            case 11 -> vector("clamp_" + pick(List.of("min", "max")) + "(%, %)", any(depth - 1), number(1));
            case 12 -> vector("(%) ^ " + pick(List.of("2", "0.5", "-1", "0")), any(depth - 1));
            default ->
                vector(
                        "(%) " + pick(List.of("and", "or", "unless")) + " " + matching(false) + "(%)",
                        any(depth - 1),
                        any(depth - 1));
        };
    }

    /** Expressions whose value does not depend on the order of the series. */
    private ExpressionNode exact(int depth) {
        if (depth == 0) {
            return dyadic(0);
        }
        return switch (random.nextInt(22)) {
            case 0, 1, 2 -> dyadic(depth);
            case 3, 4, 5, 6 -> vector(pick(RANGE_FUNCTIONS) + "(" + range() + ")");
            case 7 -> vector(pick(List.of("min", "max", "count", "group")) + grouping() + " (%)", exact(depth - 1));
            case 8 -> vector("quantile" + grouping() + " (" + quantile() + ", %)", exact(depth - 1));
            case 9 -> quantiles();
            case 10 -> vector(pick(List.of("floor", "ceil", "sgn", "round", "sin", "cos")) + "(%)", exact(depth - 1));
            case 11 -> vector("round(%, " + pick(List.of("0.5", "5", "0.1", "-2", "0")) + ")", exact(depth - 1));
            case 12 ->
                vector(
                        "(%) " + pick(COMPARISONS) + bool() + " " + matching(true) + "(%)",
                        exact(depth - 1),
                        exact(depth - 1));
            case 13 -> vector("(%) " + pick(COMPARISONS) + bool() + " %", exact(depth - 1), number(1));
            case 14 -> vector("% " + pick(COMPARISONS) + bool() + " (%)", number(1), exact(depth - 1));
            case 15 ->
                vector(
                        "(%) " + pick(List.of("+", "-", "*", "/", "%%", "atan2")) + " " + matching(true) + "(%)",
                        exact(depth - 1),
                        exact(depth - 1));
            case 16 -> labels(depth);
            case 17 -> times();
            case 18 ->
                vector(pick(List.of(
                        "predict_linear(" + range() + ", 600)",
                        "holt_winters(" + range() + ", 0.3, 0.6)",
                        "quantile_over_time(" + quantile() + ", " + range() + ")")));
            case 19 -> absence(depth);
            case 20 ->
                vector(
                        pick(List.of("sort(%)", "sort_desc(%)", "-(%)", "+(%)", "clamp(%, -3, 4)", "clamp(%, 2, 1)")),
                        exact(depth - 1));
            default ->
                vector(
                        "(%) " + pick(List.of("and", "or", "unless")) + " " + matching(false) + "(%)",
                        exact(depth - 1),
                        exact(depth - 1));
        };
    }

    /** Expressions whose values are whole sixteenths, or NaN or infinite. */
    private ExpressionNode dyadic(int depth) {
        if (depth == 0) {
            return vector(selector() + offset());
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> vector(pick(SAMPLE_FUNCTIONS) + "(" + range() + ")");
            case 2, 3 -> vector(pick(List.of("sum", "min", "max", "count")) + grouping() + " (%)", dyadic(depth - 1));
            case 4 ->
                vector(
                        "(%) " + pick(List.of("+", "-")) + " " + matching(true) + "(%)",
                        dyadic(depth - 1),
                        dyadic(depth - 1));
            case 5 ->
                vector(pick(List.of("topk", "bottomk")) + grouping() + " (" + random.nextInt(4) + ", %)", dyadic(0));
            case 6 -> vector("count_values" + grouping() + " (\"v\", %)", dyadic(depth - 1));
            default -> dyadic(depth - 1);
        };
    }

    private ExpressionNode number(int depth) {
        if (depth == 0) {
            return scalar(pick(List.of("0", "1", "-1.5", "2", "0.1", "1e3", "0x10", "Inf", "-Inf", "NaN", "7.25")));
        }
        return switch (random.nextInt(8)) {
            case 0 -> scalar("scalar(%)", exact(depth - 1));
            case 1 -> scalar("time()");
            case 2 -> scalar("pi()");
            case 3 ->
                scalar(
                        "(% " + pick(List.of("+", "-", "*", "/", "%%", "^")) + " %)",
                        number(depth - 1),
                        number(depth - 1));
            case 4 -> scalar("(% " + pick(COMPARISONS) + " bool %)", number(depth - 1), number(depth - 1));
            default -> number(0);
        };
    }

    private ExpressionNode quantiles() {
        String rates =
                pick(List.of("rate", "increase")) + "(h_bucket" + matchers("job") + range(false) + offset() + ")";
        return vector(pick(List.of(
                "histogram_quantile(" + quantile() + ", " + rates + ")",
                "histogram_quantile(" + quantile() + ", sum by (le) (" + pick(List.of("delta", "changes")) + "(h_bucket"
                        + range(false) + ")))",
                "histogram_quantile(" + quantile() + ", h_bucket" + offset() + ")",
                "histogram_quantile(" + quantile() + ", sum by (le, job) (h_bucket))",
                "histogram_quantile(" + quantile() + ", sum without (job) (h_bucket" + matchers("job") + "))",
                "histogram_quantile(" + quantile() + ", sum by (job, le) (" + rates + "))")));
    }

    private ExpressionNode labels(int depth) {
        return vector(
                pick(List.of(
                        "label_replace(%, \"job\", \"$1-$2\", \"path\", \"(.)(.?)\")",
                        "label_replace(%, \"new\", \"${n}_$1x\", \"job\", \"(?P<n>[ab])\")",
                        "label_replace(%, \"path\", \"\", \"job\", \"a|b\")",
                        "label_replace(%, \"p\", \"$$${1}\", \"nosuch\", \"()\")",
                        "label_join(%, \"all\", \"-\", \"job\", \"path\", \"nosuch\")",
                        "label_join(%, \"path\", \"\", \"nosuch\")")),
                exact(depth - 1));
    }

    private ExpressionNode times() {
        return vector(pick(List.of(
                "timestamp(" + selector() + offset() + ")",
                "time() - timestamp((g))",
                "timestamp(g + 1)",
                pick(DATES) + "(t)",
                pick(DATES) + "()",
                "time() - t > 1000",
                "vector(time())",
                pick(DATES) + "(vector(time() * 1000))")));
    }

    private ExpressionNode absence(int depth) {
        String nothing =
                pick(List.of("nosuch", "g{job=\"z\", path=~\"x\"}", "c_total{job=\"a\", job!=\"b\", path=\"n\"}"));
        return switch (random.nextInt(4)) {
            case 0 -> vector("absent(" + nothing + ")");
            case 1 -> vector("absent_over_time(" + nothing + range(false) + ")");
            case 2 -> vector("absent_over_time(" + range() + ")");
            default -> vector("absent(%)", exact(depth - 1));
        };
    }

    private String range() {
        return selector() + range(true) + offset();
    }

    private String range(boolean mayBeShort) {
        List<String> ranges = List.of("5m", "2m", "1m", "90s", "3m20s", "10s", "30s", "1m15s1ms");
        return "[" + ranges.get(random.nextInt(mayBeShort ? ranges.size() : 3)) + "]";
    }

    private String selector() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> "g" + matchers("job", "path");
            case 3, 4, 5 -> "c_total" + matchers("job", "path");
            case 6 -> "d_total" + matchers("job", "path");
            case 7 -> "k" + matchers("job", "service");
            default ->
                pick(List.of("{__name__=~\"[cd]_total\", job=\"a\"}", "{__name__=~\"g|k\"}", "{__name__=\"g\"}"));
        };
    }

    private String matchers(String... labels) {
        if (random.nextInt(2) == 0) {
            return "";
        }
        return "{" + pick(List.of(labels))
                + pick(List.of("=\"a\"", "!=\"b\"", "=~\"a|b|x|s0\"", "!~\"b|y\"", "=\"\"", "=~\".+\"")) + "}";
    }

    private String offset() {
        return random.nextInt(6) == 0 ? " offset " + pick(List.of("1m", "30s", "5m", "7s")) : "";
    }

    private String quantile() {
        return pick(List.of("0.5", "0.9", "0.99", "0", "1", "-1", "1.5", "0.25", "NaN"));
    }

    private String grouping() {
        return pick(List.of(
                "",
                " by (job)",
                " by (path)",
                " by (job, path)",
                " without (path)",
                " without ()",
                " by (nosuch)",
                " without (job, path)"));
    }

    private String bool() {
        return random.nextInt(3) == 0 ? " bool" : "";
    }

    private String matching(boolean mayGroup) {
        String labels = pick(Stream.of(
                        "",
                        "",
                        "",
                        "on (job) ",
                        "on (job, path) ",
                        "ignoring (path) ",
                        "on () ",
                        "ignoring (service, path) ")
                .toList());
        if (!mayGroup || labels.isEmpty() || random.nextInt(3) > 0) {
            return labels;
        }
        return labels
                + pick(List.of(
                        "group_left () ",
                        "group_right () ",
                        "group_left (service) ",
                        "group_right (service) ",
                        "group_left (nosuch) "));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
