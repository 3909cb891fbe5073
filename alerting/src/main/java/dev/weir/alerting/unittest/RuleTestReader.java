package dev.weir.alerting.unittest;

import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.group.RecordedSeries;
import dev.weir.alerting.promql.PromDuration;
import dev.weir.alerting.rulefile.DurationReader;
import dev.weir.alerting.rulefile.Faults;
import dev.weir.alerting.rulefile.YamlMapping;
import dev.weir.alerting.template.External;
import dev.weir.alerting.unittest.RuleTest.AlertTest;
import dev.weir.alerting.unittest.RuleTest.LabeledAlert;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one test of a test file. */
final class RuleTestReader {
    private static final Set<String> TEST_KEYS = Set.of(
            "name",
            "interval",
            "input_series",
            "alert_rule_test",
            "promql_expr_test",
            "external_labels",
            "external_url");
    private static final long MAX_TICKS = 1_000_000;

    private final Duration evaluationInterval;
    private final Faults faults;
    private final ExpressionTestReader expressions;

    RuleTestReader(Duration evaluationInterval, Faults faults) {
        this.evaluationInterval = evaluationInterval;
        this.faults = faults;
        this.expressions = new ExpressionTestReader(this, faults);
    }

    RuleTest read(Node node) {
        YamlMapping test = YamlMapping.of(node, "a test", faults);
        test.expectKeys("a test", TEST_KEYS, Map.of());
        Duration interval = test.scalar("interval")
                .flatMap(scalar -> DurationReader.read("interval", scalar, faults))
                .filter(given -> !given.isZero())
                .orElse(evaluationInterval);
        return new RuleTest(
                text(test, "name"),
                interval,
                readInputs(test),
                test.sequence("alert_rule_test").stream()
                        .map(this::readAlertTest)
                        .toList(),
                test.sequence("promql_expr_test").stream()
                        .map(expressions::read)
                        .toList(),
                new External(texts(test, "external_labels"), text(test, "external_url")));
    }

    /** Of two entries for one series the later one counts, as in promtool. */
    private List<InputSeries> readInputs(YamlMapping test) {
        Map<SortedMap<String, String>, InputSeries> inputs = new LinkedHashMap<>();
        for (Node node : test.sequence("input_series")) {
            YamlMapping input = YamlMapping.of(node, "a series", faults);
            input.expectKeys("a series", Set.of("series", "values"), Map.of());
            Optional<ScalarNode> series = input.scalar("series");
            Optional<ScalarNode> values = input.scalar("values");
            if (series.isEmpty()) {
                faults.add(node, "a series must have the key \"series\"");
            } else {
                readSeries(series.get())
                        .ifPresent(labels -> inputs.put(
                                labels,
                                new InputSeries(
                                        RecordedSeries.of(labels.getOrDefault(Sample.NAME, ""), labels),
                                        values.flatMap(this::readValues)
                                                .orElseGet(() -> new SeriesValues(List.of())))));
            }
        }
        return List.copyOf(inputs.values());
    }

    private Optional<SortedMap<String, String>> readSeries(ScalarNode node) {
        try {
            return Optional.of(MetricText.parse(node.getValue()));
        } catch (NotationException e) {
            faults.add(node, e.offset(), e.fault());
            return Optional.empty();
        }
    }

    private Optional<SeriesValues> readValues(ScalarNode node) {
        try {
            return Optional.of(SeriesValues.parse(node.getValue()));
        } catch (NotationException e) {
            faults.add(node, e.offset(), e.fault());
            return Optional.empty();
        }
    }

    private AlertTest readAlertTest(Node node) {
        YamlMapping test = YamlMapping.of(node, "an alert_rule_test", faults);
        test.expectKeys("an alert_rule_test", Set.of("eval_time", "alertname", "exp_alerts"), Map.of());
        String alertName = text(test, "alertname");
        if (alertName.isEmpty()) {
            faults.add(node, "an item under alert_rule_test misses required attribute alertname");
        }
        List<LabeledAlert> expected = test.sequence("exp_alerts").stream()
                .map(alert -> readAlert(alert, alertName))
                .toList();
        return new AlertTest(readEvalTime(test), alertName, expected);
    }

    private LabeledAlert readAlert(Node node, String alertName) {
        YamlMapping alert = YamlMapping.of(node, "an alert", faults);
        alert.expectKeys("an alert", Set.of("exp_labels", "exp_annotations"), Map.of());
        SortedMap<String, String> labels = texts(alert, "exp_labels");
        labels.put("alertname", alertName);
        return new LabeledAlert(labels, texts(alert, "exp_annotations"));
    }

    /** The time of an expectation, zero if there is none given. */
    Duration readEvalTime(YamlMapping test) {
        Optional<ScalarNode> node = test.scalar("eval_time");
        Duration time = node.flatMap(scalar -> DurationReader.read("eval_time", scalar, faults))
                .orElse(Duration.ZERO);
        if (time.dividedBy(evaluationInterval) > MAX_TICKS) {
            faults.add(
                    node.orElseThrow(),
                    "eval_time is " + PromDuration.format(time) + ", must be at most " + MAX_TICKS
                            + " times the evaluation interval, " + PromDuration.format(evaluationInterval));
            return Duration.ZERO;
        }
        return time;
    }

    static String text(YamlMapping mapping, String key) {
        return mapping.scalar(key).map(ScalarNode::getValue).orElse("");
    }

    private SortedMap<String, String> texts(YamlMapping mapping, String key) {
        SortedMap<String, String> texts = new TreeMap<>();
        mapping.value(key)
                .ifPresent(node -> YamlMapping.of(node, "\"" + key + "\"", faults)
                        .forEachScalar((name, value) ->
                                texts.put(name.getValue(), YamlMapping.isNull(value) ? "" : value.getValue())));
        return texts;
    }
}
