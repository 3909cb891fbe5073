package dev.weir.alerting.promtool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Asks promtool what expressions give, many in one run. */
final class PromtoolAnswers {
    /** promtool loads samples up to the last evaluation interval before the greatest time. */
    private static final String LOADS_ALL_SAMPLES =
            "      - {expr: vector(1), eval_time: 1h, exp_samples: [{labels: '{}', value: 1}]}\n";

    private final Promtool promtool;

    PromtoolAnswers(Promtool promtool) {
        this.promtool = promtool;
    }

    /** The answers in the order of the cases; neighbours over the same series cost the least. */
    List<Answer> of(List<DifferentialCase> cases) throws IOException, InterruptedException {
        String tests = yaml(cases);
        List<Answer> answers = parse(promtool.output(tests));
        if (answers.size() != cases.size()) {
            throw new AssertionError("promtool gave " + answers.size() + " answers to " + cases.size() + " cases:\n"
                    + promtool.output(tests) + "\n" + tests);
        }
        return answers;
    }

    static String yaml(List<DifferentialCase> cases) {
        StringBuilder tests = new StringBuilder("evaluation_interval: 1h\ntests:\n");
        List<GeneratedSeries> series = null;
        for (DifferentialCase one : cases) {
            if (one.series() != series) {
                series = one.series();
                long intervalMs = series.isEmpty() ? 1_000 : series.get(0).intervalMs();
                tests.append("  - interval: ").append(intervalMs).append("ms\n    input_series:\n");
                series.forEach(input -> tests.append(input.toYaml()));
                tests.append("    promql_expr_test:\n").append(LOADS_ALL_SAMPLES);
            }
            tests.append(one.toYaml());
        }
        return tests.toString();
    }

    private static List<Answer> parse(String output) {
        List<Answer> answers = new ArrayList<>();
        for (String text : output.lines().map(String::strip).toList()) {
            int error = text.indexOf(", err: ");
            if (text.startsWith("got: ")) {
                answers.add(Answer.parse(text));
            } else if (text.startsWith("expr: ") && error > 0) {
                answers.add(new Answer(new TreeMap<>(), text.substring(error)));
            }
        }
        return answers;
    }
}
