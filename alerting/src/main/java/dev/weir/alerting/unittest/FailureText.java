package dev.weir.alerting.unittest;

import dev.weir.alerting.promql.PromDuration;
import dev.weir.alerting.template.GoFloat;
import dev.weir.alerting.template.GoQuote;
import dev.weir.alerting.unittest.RuleTest.AlertTest;
import dev.weir.alerting.unittest.RuleTest.ExpressionTest;
import dev.weir.alerting.unittest.RuleTest.LabeledAlert;
import dev.weir.alerting.unittest.RuleTest.ValuedSample;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Says what of a test failed, line for line as promtool does. */
final class FailureText {
    private static final String DEEPER = " ".repeat(12);

    private FailureText() {}

    /** Other alerts fire than expected; both lists sorted. */
    static String alerts(String test, AlertTest alert, List<LabeledAlert> expected, List<LabeledAlert> got) {
        String name = test.isEmpty() ? "" : "    name: " + test + ",\n";
        return name + "    alertname: " + alert.alertName() + ", time: " + PromDuration.format(alert.evalTime())
                + ", \n        exp:" + indented(alertList(expected), DEEPER) + ", \n        got:"
                + indented(alertList(got), DEEPER);
    }

    /** An expression has other samples than expected; both lists sorted. */
    static String samples(ExpressionTest test, List<ValuedSample> expected, List<ValuedSample> got) {
        return head(test) + ",\n        exp: " + sampleList(expected) + "\n        got: " + sampleList(got);
    }

    /** An expression has no samples to compare. */
    static String expression(ExpressionTest test, String message) {
        return head(test) + ", err: " + message;
    }

    static String rule(String rule, Duration time, String message) {
        return "    rule: " + rule + ", time: " + goDuration(time) + ", err: " + message;
    }

    private static String head(ExpressionTest test) {
        return "    expr: " + GoQuote.quote(test.text()) + ", time: " + PromDuration.format(test.evalTime());
    }

    private static String alertList(List<LabeledAlert> alerts) {
        if (alerts.isEmpty()) {
            return "[]";
        }
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < alerts.size(); i++) {
            String text = "\nLabels:" + labels(alerts.get(i).labels()) + "\nAnnotations:"
                    + labels(alerts.get(i).annotations());
            out.append(i == 0 ? "\n" : ",\n").append(i).append(':').append(indented(text, "  "));
        }
        return out.append("\n]").toString();
    }

    private static String sampleList(List<ValuedSample> samples) {
        return samples.isEmpty()
                ? "nil"
                : samples.stream()
                        .map(sample -> labels(sample.labels()) + " " + value(sample.value()))
                        .collect(Collectors.joining(", "));
    }

    private static String value(double value) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? GoFloat.shortest(value)
                : GoFloat.shortestExponent(value).toUpperCase(Locale.ROOT);
    }

    private static String labels(SortedMap<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + GoQuote.quote(label.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String indented(String lines, String indent) {
        return lines.replace("\n", "\n" + indent);
    }

    /** {@code 1h0m0s}: Go leaves no unit out behind the first. */
    private static String goDuration(Duration time) {
        String seconds = GoFloat.shortest((double) (time.toMillis() % 60_000) / 1000) + "s";
        long minutes = time.toMinutes();
        if (minutes == 0) {
            long ms = time.toMillis();
            return ms > 0 && ms < 1000 ? ms + "ms" : seconds;
        }
        return (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
    }
}
