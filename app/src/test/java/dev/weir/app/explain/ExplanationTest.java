package dev.weir.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.RuleSet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
    private static final String RULES = """
            groups:
              - name: api
                interval: 30s
                rules:
                  - record: api:errors:ratio
                    expr: |
                      sum by (service) (rate(requests_total{status=~"5.."}[5m]))
                        / sum by (service) (rate(requests_total[30d]))
                  - alert: Errors
                    expr: avg_over_time(api:errors:ratio[10m]) > 0.05
                    for: 5m
            """;

    @Test
    void withoutSeries() {
        assertThat(explain(Optional.empty())).isEqualTo("""
                        group f.yml/api: 2 rules every 30s
                          shards  by service, over all partitions
                          state   about 73 KiB if each selector matches one series (750 panes); no series are known

                          record api:errors:ratio
                            /
                            ├─ sum by (service)
                            │  └─ rate
                            │     └─ requests_total{status=~"5.."}[5m]
                            └─ sum by (service)
                               └─ rate
                                  └─ requests_total[30d]
                            reads   requests_total{status=~"5.."}: 5m in 30 panes of 10s
                                    counts and histograms could be combined by service; the stream keeps every series
                            reads   requests_total: 30d in 720 panes of 1h; its edges move in steps of 1h
                                    counts and histograms could be combined by service; the stream keeps every series
                            shards  possible by service
                            state   about 73 KiB if each selector matches one series (750 panes); no series are known

                          alert Errors, for 5m
                            > 0.05
                            └─ avg_over_time
                               └─ api:errors:ratio[10m]
                            reads   api:errors:ratio: 10m in 60 panes of 10s
                                    each series is kept
                                    recorded by this group
                            shards  possible by all labels
                            state   nothing of its own: it reads what the group records

                        """);
    }

    @Test
    void withSeries() {
        Series error = Series.of("requests_total", "a", Map.of("status", "500"), MetricKind.COUNT, null);
        Series good = Series.of("requests_total", "a", Map.of("status", "200"), MetricKind.COUNT, null);
        Series other = Series.of("up", "a", Map.of(), MetricKind.GAUGE, null);
        assertThat(explain(Optional.of(List.of(error, good, other))))
                .contains("""
                                    1 series matches:
                                      requests_total{service="a",status="500"}
                        """, """
                                    2 series match:
                                      requests_total{service="a",status="200"}
                                      requests_total{service="a",status="500"}
                        """, "0 series match\n", " for 2 series, ");
        assertThat(explain(Optional.of(List.of(other)))).contains("nothing yet: no series match");
    }

    @Test
    void groupIsDividedByLabelsThatTheRulesKeepWhichItReadsOfOthers() {
        String rules = """
                groups:
                  - name: sums
                    rules: [{record: 'zone:depth', expr: sum by (zone) (depth)}, {record: 'all:depth', expr: sum(depth)}]
                  - name: zones
                    rules: [{alert: Zone, expr: 'zone:depth > 1'}]
                  - name: totals
                    rules: [{alert: All, expr: 'all:depth > 1'}]
                """;
        assertThat(explain(rules, Optional.empty()).lines().filter(line -> line.startsWith("  shards")))
                .containsExactly(
                        "  shards  a single shard, in one partition",
                        "  shards  by zone, over all partitions",
                        "  shards  a single shard, in one partition");
    }

    private static String explain(Optional<Collection<Series>> known) {
        return explain(RULES, known);
    }

    private static String explain(String rules, Optional<Collection<Series>> known) {
        StringWriter text = new StringWriter();
        Explanation explanation = new Explanation(known, new PrintWriter(text, true));
        RuleSet.parse(Map.of("f.yml", rules), Duration.ofMinutes(1), Duration.ofSeconds(10))
                .units()
                .forEach(explanation::print);
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
