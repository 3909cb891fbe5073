package dev.weir.alerting.promtool;

import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.EvaluationTime;
import dev.weir.alerting.eval.Evaluator;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.promql.PromqlParser;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An expression at an instant over series: what promtool and we are asked alike. */
record DifferentialCase(List<GeneratedSeries> series, ExpressionNode expression, long timeMs) {
    DifferentialCase {
        series = List.copyOf(series);
    }

    Answer answer() {
        try {
            TreeMap<String, Double> samples = new TreeMap<>();
            Evaluator.evaluate(
                            PromqlParser.parse(expression.text()),
                            EvaluationTime.instant(timeMs),
                            GeneratedSeries.source(series))
                    .samples()
                    .forEach(sample -> samples.put(labels(sample), sample.value()));
            return new Answer(samples, "");
        } catch (EvaluationException e) {
            return new Answer(new TreeMap<>(), String.valueOf(e.getMessage()));
        }
    }

    /** The test in promtool's notation; its expectation can never be met, so that promtool prints what it got. */
    String toYaml() {
        return "      - {expr: " + Promtool.quoted(expression.text()) + ", eval_time: " + timeMs
                + "ms, exp_samples: [{labels: never, value: 1}]}\n";
    }

    private static String labels(Sample sample) {
        return sample.labels().entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
