package dev.weir.alerting.eval;

import static dev.weir.alerting.eval.RecordedPanes.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weir.alerting.plan.RulePlan;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.series.Series;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvaluatorFuzzTest {
    private static final long TICK = 1_700_000_000_000L;
    private static final List<Outcome> OUTCOMES = List.of(Outcome.SUCCESS, Outcome.ERROR, Outcome.HIT, Outcome.MISS);
    private static final String[] VECTORS = {
        "g",
        "c",
        "rate(c[1m])",
        "increase(n{outcome=~\"ERROR|\"}[2m])",
        "rate(o_count[5m])",
        "rate(o_sum[5m])",
        "n",
        "o",
        "absent(g{a=\"9\"})",
        "max_over_time(g[1m])",
        "avg_over_time(c[30s])",
        "histogram_quantile(0.9, sum by (le, a) (rate(o_bucket[5m])))",
        "histogram_quantile(0.1, rate(c_bucket[5m]))",
        "histogram_quantile(0.1, c_bucket)",
        "rate(g[2m] offset 30s)",
        "rate({__name__=~\"n|c|o_sum\"}[2m])",
        "{__name__=~\"g|c\"} offset 1m",
        "predict_linear(c[2m], 60)",
        "holt_winters(g[2m], 0.1, 0.2)",
        "quantile_over_time(0.5, g[5m])",
        "changes(g[5m]) + resets(c[5m])",
        "delta(g[3m]) or idelta(g[3m]) or deriv(g[3m])",
        "present_over_time(o[1m])",
        "absent_over_time(n[1m])",
        "timestamp(g)"
    };
    private static final String[] OPERATORS = {
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        ">",
        "== bool",
        "!=",
        "and",
        "or on(a)",
        "unless",
        "/ ignoring(a)",
        "* on(a)",
        "* on(a) group_left(le)",
        "> on() group_right ()",
        "+ ignoring(le) group_left ()"
    };
    private static final String[] CALLS = {
        "abs(%s)",
        "round(%s, 0.3)",
        "clamp(%s, -1, scalar(g))",
        "hour(%s)",
        "year(%s * 1e30)",
        "sort(%s)",
        "sgn(%s)",
        "log2(%s)",
        "label_replace(%s, \"b\", \"$1\", \"a\", \"(.)\")",
        "label_join(%s, \"a\", \"\", \"nosuch\")",
        "absent(%s)",
        "timestamp(%s)",
        "histogram_quantile(0.5, %s)",
        "topk(2, %s)",
        "bottomk by (a) (scalar(g), %s)",
        "quantile(0.3, %s)",
        "count_values without (a) (\"v\", %s)",
        "vector(scalar(%s))"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anyExpressionIsEvaluatedOrRefused(long seed) {
        Random random = new Random(seed);
        int evaluated = 0;
        for (int i = 0; i < 3_000; i++) {
            String text = expression(random, 3);
            Expr expr = PromqlParser.parse(text);
            RecordedPanes panes = panes(random);
            try {
                Evaluation evaluation = Evaluator.evaluate(expr, TICK, panes);
                assertThat(RulePlan.of(expr).selections()).isNotEmpty();
                assertThat(evaluation.samples()).doesNotContainNull();
                evaluated++;
            } catch (EvaluationException e) {
                assertThat(e).hasMessageNotContaining("null");
            } catch (RuntimeException e) {
                fail("seed " + seed + " text " + text, e);
            }
        }
        assertThat(evaluated).isGreaterThan(500);
    }

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return VECTORS[random.nextInt(VECTORS.length)];
        }
        String inner = expression(random, depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> "-(" + inner + ")";
            case 3, 4 -> CALLS[random.nextInt(CALLS.length)].replace("%s", inner);
            case 1 ->
                List.of("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar")
                                .get(random.nextInt(8)) + " by (a) (" + inner + ")";
            case 2 -> "(" + inner + ") " + List.of("*", "/", ">", "<= bool").get(random.nextInt(4)) + " -0.5";
            default ->
                "(" + inner + ") " + OPERATORS[random.nextInt(OPERATORS.length)] + " (" + expression(random, depth - 1)
                        + ")";
        };
    }

    private static RecordedPanes panes(Random random) {
        RecordedPanes panes = new RecordedPanes();
        List<Series> all = List.of(
                series(MetricKind.GAUGE, "g", "a", "1"),
                series(MetricKind.GAUGE, "g", "a", "2"),
                series(MetricKind.CUMULATIVE, "c", "a", "1"),
                series(MetricKind.CUMULATIVE, "c_bucket", "a", "1", "le", "1"),
                series(MetricKind.CUMULATIVE, "c_bucket", "a", "1", "le", "+Inf"),
                series(MetricKind.COUNT, "n", "a", "1"),
                series(MetricKind.OBSERVATION, "o", "a", "1"));
        for (int i = random.nextInt(40); i > 0; i--) {
            Series series = all.get(random.nextInt(all.size()));
            Outcome outcome = random.nextBoolean() ? null : OUTCOMES.get(random.nextInt(OUTCOMES.size()));
            panes.record(series, TICK - 1 - random.nextInt(400_000), random.nextInt(5), outcome);
        }
        return panes;
    }
}
