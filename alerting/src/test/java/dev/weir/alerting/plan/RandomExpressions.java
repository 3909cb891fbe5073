package dev.weir.alerting.plan;

import dev.weir.alerting.eval.RecordedPanes;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random expressions, and random series that they select. */
final class RandomExpressions {
    private static final List<String> SELECTORS = List.of(
            "g",
            "g{a=\"1\"}",
            "g2",
            "c",
            "rate(c[5m])",
            "increase(n[5m])",
            "rate(n{outcome=\"ERROR\"}[5m])",
            "rate(n{outcome=~\".+\"}[2m])",
            "rate(o_count[5m])",
            "rate(o_sum{a=~\"1|\"}[5m])",
            "max_over_time(g[1m])",
            "count_over_time(g2[5m])");
    private static final List<String> AGGREGATIONS = List.of("sum", "sum", "avg", "min", "max", "count");
    private static final List<String> GROUPINGS =
            List.of("", "by (a)", "by (a, b)", "by (b)", "by (a, b, c, service)", "without (a)", "without (b, c)");
    private static final List<String> OPERATORS =
            List.of("+", "-", "*", "/", ">", "<= bool", "and", "or", "unless", "and", "unless", "or");
    private static final List<String> MATCHINGS =
            List.of("", "", "", "on (a)", "on (a, b)", "on ()", "ignoring (a)", "ignoring (b, c)");

    private RandomExpressions() {}

    static String vector(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return one(random, SELECTORS);
        }
        String inner = vector(random, depth - 1);
        return switch (random.nextInt(12)) {
            case 0 -> "-(" + inner + ")";
            case 1 -> "(" + inner + ") > 1";
            case 2 -> "2 * (" + inner + ")";
            case 3, 4, 5, 6 -> one(random, AGGREGATIONS) + " " + one(random, GROUPINGS) + " (" + inner + ")";
            case 7 -> "histogram_quantile(0.9, sum by (le, a) (rate(o_bucket[5m])))";
            case 8 -> random.nextBoolean() ? "absent(g{b=\"9\"})" : "absent(g)";
            default -> "(" + inner + ") " + operator(random) + " (" + vector(random, depth - 1) + ")";
        };
    }

    private static String operator(Random random) {
        return one(random, OPERATORS) + " " + one(random, MATCHINGS);
    }

    /** A few series of each metric, in random order of labels; some without b or c. */
    static List<Series> series(Random random) {
        List<Series> series = new ArrayList<>();
        for (String a : List.of("1", "2")) {
            for (String b : List.of("", "1", "2")) {
                String c = random.nextBoolean() ? "" : "1";
                add(random, series, MetricKind.GAUGE, "g", a, b, c);
                add(random, series, MetricKind.GAUGE, "g2", a, b, "");
                add(random, series, MetricKind.CUMULATIVE, "c", a, b, c);
                add(random, series, MetricKind.COUNT, "n", a, b, c);
                add(random, series, MetricKind.OBSERVATION, "o", a, b, "");
            }
        }
        return series;
    }

    static @Nullable Outcome outcome(Random random, Series series) {
        boolean counted = series.kind() == MetricKind.COUNT || series.kind() == MetricKind.OBSERVATION;
        return counted && random.nextBoolean() ? one(random, List.of(Outcome.values())) : null;
    }

    private static void add(
            Random random, List<Series> series, MetricKind kind, String metric, String a, String b, String c) {
        if (random.nextInt(3) > 0) {
            series.add(RecordedPanes.series(kind, metric, "a", a, "b", b, "c", c));
        }
    }

    private static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
