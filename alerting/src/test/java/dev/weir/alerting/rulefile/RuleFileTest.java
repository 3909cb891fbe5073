package dev.weir.alerting.rulefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.alerting.template.Template;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleFileTest {
    private static final String GOOD = """
            groups:
              - name: api
                interval: 30s
                limit: 0
                rules:
                  - alert: HighErrorRate
                    expr: |
                      sum(rate(errors_total[5m])) > 0.05
                    for: 5m
                    keep_firing_for: 1m
                    labels: {severity: critical, tier: 1}
                    annotations:
                      summary: '{{ $labels.job }}: {{ $value | humanizePercentage }}'
                  - record: job:up:avg
                    expr: avg_over_time(up[5m])
                    labels:
                      team: core
              - name: empty
            """;

    @Test
    void goodFileIsReadWhole() {
        RuleFile file = parse(GOOD);
        assertThat(file.groups()).extracting(RuleGroup::id).containsExactly("f.yml/api", "f.yml/empty");
        assertThat(file.groups())
                .extracting(RuleGroup::interval)
                .containsExactly(Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(parse(GOOD.replace("limit: 0", "limit: 7")).groups())
                .extracting(RuleGroup::limit)
                .containsExactly(7, 0);
        assertThat(parse(GOOD.replace("limit: 0", "limit: -1")).groups().get(0).limit())
                .isZero();
        Rule.Alerting alert = (Rule.Alerting) file.groups().get(0).rules().get(0);
        assertThat(alert.expression()).isEqualTo("sum(rate(errors_total[5m])) > 0.05");
        assertThat(alert.holdFor()).isEqualTo(Duration.ofMinutes(5));
        assertThat(alert.keepFiringFor()).isEqualTo(Duration.ofMinutes(1));
        assertThat(alert.labels())
                .containsEntry("severity", Template.parse("critical"))
                .containsEntry("tier", Template.parse("1"));
        assertThat(file.groups().get(0).rules().get(1)).isInstanceOf(Rule.Recording.class);
        assertThat(parse("").groups()).isEmpty();
    }

    @Test
    void versionChangesWithAnyPartOfTheRule() {
        String version = version(GOOD);
        assertThat(version).matches("[0-9a-f]{16}").isEqualTo(version(GOOD));
        for (String part : List.of("0.05", "for: 5m", "for: 1m", "critical", "humanizePercentage", "HighErrorRate")) {
            String other = part.equals("humanizePercentage")
                    ? "humanize"
                    : part.replace("0.05", "0.06")
                            .replace("m", "0m")
                            .replace("crit", "typ")
                            .replace("High", "Low");
            assertThat(version(GOOD.replaceFirst(part, other))).as(part).isNotEqualTo(version);
        }
    }

    @Test
    void queriesOfTemplatesAreExpressionsOfTheRule() {
        String yaml =
                "groups: [{name: g, rules: [{alert: A, expr: up, annotations: {x: '{{ query \"rate(x[15s])\" | len }}'}}]}]";
        assertThat(faults(yaml).faults())
                .extracting(Fault::toString)
                .containsExactly(
                        "f.yml:1:66: query in template of annotations.x: range is 15s, must be a multiple of the pane,"
                                + " 10s");
        Rule rule = parse(yaml.replace("15s", "20s")).groups().get(0).rules().get(0);
        assertThat(rule.expressions()).hasSize(2).startsWith(rule.expr());
    }

    @Test
    void allFaultsAreReportedTogetherWithPositions() {
        RuleFileException e = faults("""
                groups:
                  - name: a
                    interval: 15s
                    limit: many
                    query_offset: 1m
                    rules:
                      - alert: A
                        expr: histogram_sum(x)
                        for: 5 minutes
                        severity: high
                      - alert: B
                        expr: |
                          sum(
                            rate(x[25s])
                          ) >
                            histogram_sum(y)
                        labels: {a-b: c, alertname: d}
                        annotations:
                          text: >
                            folded text
                            {{ nosuch $value }}
                      - record: 1x
                        expr: rate(x[15s])
                        for: 1m
                      - expr: up
                      - alert: C
                      - alert: D
                        record: d
                        expr: up
                  - name: a
                    rules:
                      - {alert: E, expr: up, expr: down}
                      - {alert: F, expr: "up{a=\\"b\\"} == nosuch(1)", labels: {s: x}}
                      - {alert: E, expr: up == 0}
                  - interval: 0s
                    rules: {}
                other: 1
                """);
        assertThat(e.faults())
                .extracting(Fault::toString)
                .extracting(text -> text.replaceAll("; (supported are|there are no native).*", ""))
                .containsExactly(
                        "f.yml:3:15: interval is 15s, must be a multiple of the pane, 10s",
                        "f.yml:4:12: limit is many, must be a whole number",
                        "f.yml:5:5: key \"query_offset\" is not supported: rules are evaluated at event time behind the watermark",
                        "f.yml:8:15: could not parse expression: histogram_sum is not supported",
                        "f.yml:9:14: for: not a valid duration: \"5 minutes\", must be like 30s, 5m or 1h30m (y w d h m s ms, in this order)",
                        "f.yml:10:9: unknown key \"severity\" in a rule, must be one of alert, annotations, expr, for, keep_firing_for, labels, record",
                        "f.yml:16:13: could not parse expression: histogram_sum is not supported",
                        "f.yml:17:18: invalid label name: a-b",
                        "f.yml:17:26: invalid label name: alertname",
                        "f.yml:21:16: template of annotations.text: function \"nosuch\" not defined",
                        "f.yml:22:17: invalid recording rule name: 1x",
                        "f.yml:23:20: range is 15s, must be a multiple of the pane, 10s",
                        "f.yml:24:14: invalid field 'for' in recording rule",
                        "f.yml:25:9: one of 'record' or 'alert' must be set",
                        "f.yml:26:9: field 'expr' must be set in rule",
                        "f.yml:27:9: only one of 'record' and 'alert' must be set",
                        "f.yml:30:11: group name \"a\" is repeated in the same file",
                        "f.yml:32:30: key \"expr\" is given twice",
                        "f.yml:33:42: could not parse expression: unknown function with name \"nosuch\"",
                        "f.yml:34:9: alert \"E\" is repeated with the same labels in the same file",
                        "f.yml:35:5: group has no name",
                        "f.yml:35:15: interval is 0s, must be > 0",
                        "f.yml:36:12: \"rules\" must be a list",
                        "f.yml:37:1: unknown key \"other\" in a rule file, must be one of groups");
    }

    @Test
    void brokenYamlIsOneFaultWithItsPosition() {
        assertThat(faults("groups:\n  - name: [a\n").getMessage()).startsWith("f.yml:3:1: not YAML: ");
        assertThat(faults("- a").getMessage()).isEqualTo("f.yml:1:1: a rule file must be a mapping");
        assertThat(faults("a: 1\n---\nb: 2").getMessage()).startsWith("f.yml:2:1: not YAML: ");
    }

    private static String version(String yaml) {
        return parse(yaml).groups().get(0).rules().get(0).version();
    }

    private static RuleFile parse(String yaml) {
        return RuleFile.parse("f.yml", yaml, Duration.ofMinutes(1), Duration.ofSeconds(10));
    }

    private static RuleFileException faults(String yaml) {
        return catchThrowableOfType(RuleFileException.class, () -> parse(yaml));
    }
}
