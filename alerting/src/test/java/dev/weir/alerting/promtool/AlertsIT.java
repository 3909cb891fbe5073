package dev.weir.alerting.promtool;

import dev.weir.alerting.eval.Evaluator;
import dev.weir.alerting.eval.RecordedPanes;
import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.alerting.lifecycle.AlertLifecycle;
import dev.weir.alerting.lifecycle.Phase;
import dev.weir.alerting.lifecycle.RuleBounds;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerting.template.TemplateContext;
import dev.weir.events.MetricKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts that fire at each tick, with their labels and annotations, are the ones promtool finds. */
final class AlertsIT {
    private static final String RULES = """
            groups:
              - name: api
                interval: 40s
                rules:
                  - alert: Down
                    expr: up == 0
                    for: 2m
                    labels: {severity: critical, where: '{{ $labels.job | toUpper }}', gone: ''}
                    annotations:
                      summary: '{{ $labels.job }} is down: {{ $value }}{{ $labels.missing }}'
                  - alert: ErrorRatio
                    expr: |
                      sum by (job) (rate(errors_total[1m50s]))
                        / sum by (job) (rate(requests_total[1m50s])) > 0.25
                    annotations:
                      text: 'errors {{ $value | humanizePercentage }} = {{ printf "%.3f" $value }}'
                  - alert: Queue
                    expr: queue > 100
                    for: 80s
                    annotations:
                      n: '{{ humanize $value }} {{ humanize1024 $value }} {{ humanizeDuration $value }} {{ $value }} {{ printf "%e|%6.1f|%g|%d" $value $value $value $value }} {{ $labels }}'
                  - alert: Silent
                    expr: absent(heartbeat{job="x"})
                    for: 40s
            """;

    private static final List<InputSeries> INPUTS = List.of(
            InputSeries.of(MetricKind.GAUGE, "1 1 0 0 0 0 0 0 0 0 0 1 1 0 0 1 0 0 0 0 0 0 0 0 0", "up", "job", "a"),
            InputSeries.of(MetricKind.GAUGE, "0 0 0 0 0 0 0 0 0" + " _".repeat(31), "up", "job", "b"),
            InputSeries.of(
                    MetricKind.CUMULATIVE,
                    "0 0 0 10 20 30 40 41 41 41 41 0 5 9 30 60 90 91 92 93",
                    "errors_total",
                    "job",
                    "a"),
            InputSeries.of(
                    MetricKind.CUMULATIVE,
                    "0 30 60 90 120 150 180 210 240 270 300 0 30 60 90 120 150 180 210 240",
                    "requests_total",
                    "job",
                    "a"),
            InputSeries.of(
                    MetricKind.GAUGE,
                    "5 500 12345.5 1234567 1e9 0.001 99 2e6 3e21 150.25 150 7 101 102 103",
                    "queue",
                    "job",
                    "a"),
            InputSeries.of(MetricKind.GAUGE, "_ _ _ _ _ _ _ 1 1 1 1", "heartbeat", "job", "x"));

    @TempDir
    Path directory;

    @Test
    void firingAlertsArePrometheus() throws Exception {
        RecordedPanes panes = new RecordedPanes();
        INPUTS.forEach(input -> input.recordTo(panes));
        StringBuilder tests = new StringBuilder(
                "rule_files: [rules.yml]\nevaluation_interval: 40s\ntests:\n  - interval: 20s\n    input_series:\n");
        INPUTS.forEach(input -> tests.append(input.toYaml()));
        tests.append("    alert_rule_test:\n");
        RuleGroup group = RuleFile.parse("rules.yml", RULES, Duration.ofMinutes(1), Duration.ofSeconds(10))
                .groups()
                .get(0);
        for (Rule rule : group.rules()) {
            appendExpected(tests, (Rule.Alerting) rule, group, panes);
        }
        new Promtool(directory).assertPasses(RULES, tests.toString());
    }

    private static void appendExpected(StringBuilder tests, Rule.Alerting rule, RuleGroup group, RecordedPanes panes) {
        AlertLifecycle lifecycle = new AlertLifecycle(rule, group.id(), RuleBounds.DEFAULTS);
        Map<String, ActiveAlert> alerts = Map.of();
        for (long tickMs = 0; tickMs < 1_000_000; tickMs += group.interval().toMillis()) {
            long at = InputSeries.BASE_MS + tickMs;
            alerts = lifecycle
                    .step(at, Evaluator.evaluate(rule.expr(), at, panes), alerts, TemplateContext.NONE)
                    .alerts();
            List<ActiveAlert> firing = alerts.values().stream()
                    .filter(alert -> alert.phase() == Phase.FIRING)
                    .toList();
            tests.append("      - eval_time: ")
                    .append(tickMs / 1000)
                    .append("s\n        alertname: ")
                    .append(rule.name());
            tests.append("\n        exp_alerts:").append(firing.isEmpty() ? " []\n" : "\n");
            for (ActiveAlert alert : firing) {
                SortedMap<String, String> labels = new TreeMap<>(alert.labels());
                labels.remove("alertname");
                tests.append("          - exp_labels: ").append(yaml(labels));
                tests.append("            exp_annotations: ").append(yaml(alert.annotations()));
            }
        }
    }

    private static String yaml(SortedMap<String, String> texts) {
        StringBuilder out = new StringBuilder("{");
        texts.forEach((name, text) ->
                out.append(name).append(": ").append(Promtool.quoted(text)).append(", "));
        return out.append("}\n").toString();
    }
}
