package dev.weir.topology.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleSetTest {
    private static final Duration PANE = Duration.ofSeconds(10);
    private static final String SHOP = """
            groups:
              - name: depth
                rules:
                  - alert: Deep
                    expr: max_over_time(depth{zone="a"}[2m]) > 5
                  - alert: Slow
                    expr: histogram_quantile(0.95, rate(took_seconds_bucket[5m])) > 1
              - name: errors
                rules:
                  - alert: Failing
                    expr: rate(failed_total[1m]) > 0
            """;

    private final RuleSet rules = parse(Map.of("shop.yml", SHOP));

    @Test
    void seriesGoesToTheGroupsThatReadIt() {
        assertThat(groups("depth", "a", MetricKind.GAUGE)).containsExactly("shop.yml/depth");
        assertThat(groups("depth", "b", MetricKind.GAUGE)).isEmpty();
        assertThat(groups("took_seconds", "b", MetricKind.OBSERVATION)).containsExactly("shop.yml/depth");
        assertThat(groups("failed_total", "b", MetricKind.COUNT)).containsExactly("shop.yml/errors");
        assertThat(groups("other", "a", MetricKind.GAUGE)).isEmpty();
    }

    @Test
    void nameThatEndsLikeAFacetIsThatOfTwoSeries() {
        RuleSet set = parse(Map.of("a.yml", """
                groups:
                  - name: counts
                    rules: [{record: a, expr: took_seconds_count}]
                  - name: sums
                    rules: [{record: b, expr: _sum}]
                """));
        Map<String, String> none = Map.of();
        assertThat(set.groupsSelecting(Series.of("took_seconds", "s", none, MetricKind.OBSERVATION, null)))
                .containsExactly("a.yml/counts");
        assertThat(set.groupsSelecting(Series.of("took_seconds_count", "s", none, MetricKind.COUNT, null)))
                .containsExactly("a.yml/counts");
        assertThat(set.groupsSelecting(Series.of("took_seconds", "s", none, MetricKind.GAUGE, null)))
                .isEmpty();
        assertThat(set.groupsSelecting(Series.of("_sum", "s", none, MetricKind.GAUGE, null)))
                .containsExactly("a.yml/sums");
    }

    @Test
    void selectorWithoutANameReadsAnySeriesThatItMatches() {
        RuleSet set = parse(Map.of("a.yml", """
                groups:
                  - name: any
                    rules: [{record: a, expr: 'sum({__name__=~"depth|other", zone="a"})'}]
                  - name: named
                    rules: [{record: b, expr: 'sum(depth)'}]
                """));
        assertThat(set.groupsSelecting(Series.of("depth", "s", Map.of("zone", "a"), MetricKind.GAUGE, null)))
                .containsExactlyInAnyOrder("a.yml/any", "a.yml/named");
        assertThat(set.groupsSelecting(Series.of("other", "s", Map.of("zone", "a"), MetricKind.GAUGE, null)))
                .containsExactly("a.yml/any");
        assertThat(set.groupsSelecting(Series.of("other", "s", Map.of("zone", "b"), MetricKind.GAUGE, null)))
                .isEmpty();
        assertThat(set.groupsSelecting(Series.of("third", "s", Map.of("zone", "a"), MetricKind.GAUGE, null)))
                .isEmpty();
    }

    @Test
    void rangeIsTheLongestOfTheGroup() {
        assertThat(rules.range("shop.yml/depth")).isEqualTo(Duration.ofMinutes(5));
        assertThat(rules.range("shop.yml/errors")).isEqualTo(Duration.ofMinutes(1));
        assertThat(rules.range("none")).isZero();
    }

    @Test
    void allFaultsOfAllFilesAreToldTogether() {
        String bad = "groups: [{name: g, rules: [{alert: A, expr: 'sum('}]}]";
        assertThatThrownBy(() -> parse(Map.of("b.yml", bad, "a.yml", bad, "shop.yml", SHOP)))
                .isInstanceOfSatisfying(
                        InvalidRulesException.class,
                        invalid -> assertThat(invalid.faults()).hasSize(2))
                .hasMessageMatching("a.yml:1:\\d+: .*\nb.yml:1:\\d+: .*");
    }

    @Test
    void setsOfTheSameTextsHaveTheSameId() {
        assertThat(parse(Map.of("shop.yml", SHOP)).id()).isEqualTo(rules.id());
        assertThat(parse(Map.of("other.yml", SHOP)).id()).isNotEqualTo(rules.id());
        assertThat(RuleSet.none(PANE).id()).isNotEqualTo(rules.id());
        assertThat(RuleSetCodec.decode(RuleSetCodec.encode(rules)).id()).isEqualTo(rules.id());
    }

    @Test
    void unitHoldsTheRecordingRulesThatItReadsDeepestFirst() {
        RuleSet set = parse(Map.of("a.yml", """
                groups:
                  - name: alerts
                    rules:
                      - alert: High
                        expr: b:sum > 1
                  - name: second
                    interval: 30s
                    rules:
                      - record: other
                        expr: unrelated
                      - record: b:sum
                        expr: sum(b:rate)
                  - name: first
                    rules:
                      - record: b:rate
                        expr: rate(raw_total[1m])
                """));
        RuleUnit unit = set.unit("a.yml/alerts").orElseThrow();
        assertThat(unit.before()).extracting(RuleGroup::id).containsExactly("a.yml/first", "a.yml/second");
        assertThat(unit.before().get(1).rules()).extracting(Rule::name).containsExactly("b:sum");
        assertThat(set.groupsSelecting(Series.of("raw_total", "s", Map.of(), MetricKind.COUNT, null)))
                .containsExactlyInAnyOrder("a.yml/alerts", "a.yml/second", "a.yml/first");
        assertThat(set.groupsSelecting(Series.of("unrelated", "s", Map.of(), MetricKind.GAUGE, null)))
                .containsExactly("a.yml/second");
    }

    @Test
    void groupsThatReadEachOtherAreEachAUnit() {
        RuleSet set = parse(Map.of("a.yml", """
                groups:
                  - name: one
                    rules: [{record: x, expr: y + 1}]
                  - name: two
                    rules: [{record: y, expr: x + 1}]
                """));
        assertThat(set.unit("a.yml/one").orElseThrow().before())
                .extracting(RuleGroup::id)
                .containsExactly("a.yml/two");
    }

    private static RuleSet parse(Map<String, String> files) {
        return RuleSet.parse(files, PANE, PANE);
    }

    private List<String> groups(String metric, String zone, MetricKind kind) {
        return rules.groupsSelecting(Series.of(metric, "shop", Map.of("zone", zone), kind, null));
    }
}
