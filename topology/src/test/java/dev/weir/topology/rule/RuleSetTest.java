package dev.weir.topology.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleSetTest {
    private static final RuleFile FILE =
            RuleFile.parse("shop.yml", """
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
            """, Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final RuleSet rules = new RuleSet(List.of(FILE));

    @Test
    void seriesGoesToTheGroupsThatReadIt() {
        assertThat(groups("depth", "a", MetricKind.GAUGE)).containsExactly("shop.yml/depth");
        assertThat(groups("depth", "b", MetricKind.GAUGE)).isEmpty();
        assertThat(groups("took_seconds", "b", MetricKind.OBSERVATION)).containsExactly("shop.yml/depth");
        assertThat(groups("failed_total", "b", MetricKind.COUNT)).containsExactly("shop.yml/errors");
        assertThat(groups("other", "a", MetricKind.GAUGE)).isEmpty();
    }

    @Test
    void rangeIsTheLongestOfTheGroup() {
        assertThat(rules.range("shop.yml/depth")).isEqualTo(Duration.ofMinutes(5));
        assertThat(rules.range("shop.yml/errors")).isEqualTo(Duration.ofMinutes(1));
        assertThat(rules.range("none")).isZero();
    }

    @Test
    void groupIsGivenOnce() {
        assertThatThrownBy(() -> new RuleSet(List.of(FILE, FILE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rule group is shop.yml/depth, must be given once");
    }

    private List<String> groups(String metric, String zone, MetricKind kind) {
        return rules.groupsSelecting(Series.of(metric, "shop", Map.of("zone", zone), kind, null));
    }
}
