package dev.weir.alerting.promtool;

import dev.weir.alerting.eval.Evaluator;
import dev.weir.alerting.eval.RecordedPanes;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.events.MetricKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values of expressions over random gauges and running totals, with gaps and resets, are Prometheus'.
 *
 * <p>promtool 2.42 has ranges closed at both ends, Prometheus 3 and Weir have them open at the left: ticks and ranges
 * here are chosen so that no sample lies on the left end. Totals have gaps or resets, not both, and begin at zero or far
 * above: else the order in which versions 2 and 3 look at the zero point makes a difference.
 */
final class ExpressionsIT {
    private static final int SAMPLES = 40;
    /** The last sample is exactly 5 minutes old: version 2 still sees it. */
    private static final long LOOKBACK_EDGE_MS = (SAMPLES - 1) * InputSeries.INTERVAL_MS + 300_000;

    private static final List<String> EXPRESSIONS = List.of(
            "rate(c[1m50s])",
            "increase(c[4m50s])",
            "increase(c{job!=\"a\"}[30s])",
            "sum by (job) (rate(c[1m50s]))",
            "sum without (job, service) (rate(c[1m50s]))",
            "avg(rate(c[1m50s]))",
            "max by (job) (g)",
            "min(g)",
            "count by (nosuch) (g)",
            "g",
            "g > 3",
            "3 < g",
            "g >= bool 2",
            "-g ^ 2",
            "2 ^ 3 ^ g % 7 - 1 + g * 2 / 3",
            "g{job=\"a\"} / ignoring(job) g{job=\"c\"}",
            "avg_over_time(g[1m50s])",
            "min_over_time(g[1m50s])",
            "max_over_time(g[4m50s])",
            "sum_over_time(g[1m50s])",
            "count_over_time(g[1m50s])",
            "max_over_time(c[1m50s])",
            "sum(rate(c{job=\"a\"}[4m50s])) / sum(rate(c[4m50s]))",
            "rate(c[1m50s]) / rate(c[4m50s]) > 0.5",
            "histogram_quantile(0.9, sum by (le) (rate(h_bucket[4m50s])))",
            "histogram_quantile(0.5, rate(h_bucket[1m50s]))",
            "histogram_quantile(1.5, rate(h_bucket[1m50s]))",
            "absent(nothing{a=\"b\", c=~\"d\"})",
            "absent(g)",
            "g and on(job) c > 10",
            "g unless on(job) g{job=\"a\"}",
            "g{job=\"a\"} or g");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void valuesArePrometheus(long seed) throws Exception {
        List<InputSeries> inputs = inputs(new Random(seed));
        RecordedPanes panes = new RecordedPanes();
        inputs.forEach(input -> input.recordTo(panes));
        StringBuilder tests =
                new StringBuilder("evaluation_interval: 40s\ntests:\n  - interval: 20s\n    input_series:\n");
        inputs.forEach(input -> tests.append(input.toYaml()));
        tests.append("    promql_expr_test:\n");
        for (String expression : EXPRESSIONS) {
            for (long tickMs = 40_000; tickMs < 1_200_000; tickMs += 40_000) {
                if (tickMs == LOOKBACK_EDGE_MS) {
                    continue;
                }
                tests.append(expected(expression, tickMs, panes));
            }
        }
        new Promtool(directory).assertPasses("groups: []\n", tests.toString());
    }

    /** Values are compared in whole millionths: the last bits of a mean depend on the order of its sums. */
    private static String expected(String expression, long tickMs, RecordedPanes panes) {
        String rounded = "round((" + expression + ") * 1e6)";
        List<Sample> samples = Evaluator.evaluate(PromqlParser.parse(expression), InputSeries.BASE_MS + tickMs, panes)
                .samples();
        if (samples.stream().anyMatch(sample -> Double.isNaN(sample.value()))) {
            return "";
        }
        StringBuilder out = new StringBuilder("      - expr: " + Promtool.quoted(rounded) + "\n");
        out.append("        eval_time: ").append(tickMs / 1000).append("s\n        exp_samples:");
        out.append(samples.isEmpty() ? " []\n" : "\n");
        for (Sample sample : samples) {
            String labels = sample.labels().entrySet().stream()
                    .filter(label -> !label.getKey().equals(Sample.NAME))
                    .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                    .collect(Collectors.joining(", ", "{", "}"));
            out.append("          - labels: ").append(Promtool.quoted(labels)).append('\n');
            out.append("            value: ")
                    .append(yamlNumber(Math.floor(sample.value() * 1e6 + 0.5)))
                    .append('\n');
        }
        return out.toString();
    }

    private static String yamlNumber(double value) {
        return Double.isInfinite(value) ? (value > 0 ? ".inf" : "-.inf") : String.valueOf(value);
    }

    private static List<InputSeries> inputs(Random random) {
        List<InputSeries> inputs = new ArrayList<>();
        for (String job : List.of("a", "b", "c")) {
            inputs.add(InputSeries.of(MetricKind.GAUGE, gauge(random), "g", "job", job));
            inputs.add(InputSeries.of(MetricKind.CUMULATIVE, resetting(random, 20), "c", "job", job));
            inputs.add(InputSeries.of(MetricKind.CUMULATIVE, gappy(random), "c", "job", job, "service", "t"));
        }
        String[] bounds = {"0.1", "0.5", "1", "+Inf"};
        for (int i = 0; i < bounds.length; i++) {
            String values = resetting(new Random(7), 5 * (i + 1));
            inputs.add(InputSeries.of(MetricKind.CUMULATIVE, values, "h_bucket", "le", bounds[i]));
        }
        return inputs;
    }

    private static String gauge(Random random) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            values.add(random.nextInt(6) == 0 ? "_" : String.valueOf(random.nextInt(13) - 4));
        }
        return String.join(" ", values);
    }

    private static String gappy(Random random) {
        List<String> values = new ArrayList<>();
        long total = 1_000_000;
        for (int i = 0; i < SAMPLES; i++) {
            values.add(random.nextInt(5) == 0 ? "_" : String.valueOf(total));
            total += random.nextInt(20);
        }
        return String.join(" ", values);
    }

    private static String resetting(Random random, int step) {
        List<String> values = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < SAMPLES; i++) {
            values.add(String.valueOf(total));
            total = random.nextInt(10) == 0 ? 0 : total + random.nextInt(step);
        }
        return String.join(" ", values);
    }
}
