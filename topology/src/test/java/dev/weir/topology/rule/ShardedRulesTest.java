package dev.weir.topology.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups in one partition and in many, also across changes of rules that divide them otherwise: the same comes out. */
final class ShardedRulesTest {
    private static final long BASE = 1_700_000_040_000L;
    private static final int PARTITIONS = 5;
    private static final int MINUTES = 20;

    private static final String NODES = """
            {record: 'node:depth:avg', expr: 'avg by (zone, node) (avg_over_time(depth[1m]))'},
            {alert: Deep, expr: 'node:depth:avg > 5', for: 20s},
            {alert: Held, expr: 'depth > 7', keep_firing_for: 30s},
            {alert: Again, expr: 'ALERTS{alertname="Deep", alertstate="firing"} == 1'},
            {alert: Long, expr: 'count_over_time(node:depth:avg[5m]) > 20', labels: {severity: page}}""";
    private static final String ZONES = NODES + ", {alert: Zone, expr: 'sum by (zone) (depth) > 30'}";
    private static final String ALL =
            NODES + ", {alert: Gone, expr: 'absent(depth)'}, {alert: Sum, expr: 'sum(depth) > 90'}";

    @ParameterizedTest
    @ValueSource(longs = {1})
    void groupInManyPartitionsDoesWhatItDoesInOne(long seed) {
        RuleStage one = run(1, seed, Map.of(0, NODES));
        RuleStage many = run(PARTITIONS, seed, Map.of(0, NODES));
        assertSame(many, one);
        assertThat(one.transitions()).hasSizeGreaterThan(100);
        assertThat(many.evaluating()).containsExactly(0, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void rulesThatStayDoNotNoticeHowTheirGroupIsDivided(long seed) {
        Map<Integer, String> changes = Map.of(0, NODES, 4, ALL, 5, ZONES, 8, NODES, 12, ALL, 13, NODES, 16, ZONES);
        RuleStage many = run(PARTITIONS, seed, changes);
        assertSame(many, run(1, seed, changes));
        List<AlertTransition> unchanged = run(1, seed, Map.of(0, NODES)).transitions();
        List<String> names = List.of("Deep", "Held", "Again", "Long");
        assertThat(many.transitions().stream()
                        .filter(one -> names.contains(one.getAlertname()))
                        .toList())
                .isEqualTo(unchanged);
        assertThat(many.transitions())
                .extracting(AlertTransition::getAlertname)
                .contains("Sum", "Zone", "Long", "Again");
    }

    @ParameterizedTest
    @ValueSource(longs = {10})
    void numbersGoOnWhenAGroupComesBackDividedOtherwise(long seed) {
        Map<Integer, String> changes = Map.of(0, NODES, 4, "", 6, ALL, 9, "", 11, ZONES, 14, ALL, 17, NODES);
        RuleStage many = run(PARTITIONS, seed, changes);
        assertSame(many, run(1, seed, changes));
        Map<String, Long> last = new HashMap<>();
        for (AlertTransition one : many.transitions()) {
            assertThat(one.getSequence()).isEqualTo(last.merge(one.getFingerprint(), 1L, Long::sum));
        }
    }

    @Test
    void whatIsAbsentIsSaidOnce() {
        RuleStage stage = run(PARTITIONS, 1, Map.of(0, "{alert: Never, expr: 'absent(nothing)'}"));
        assertThat(stage.transitions()).extracting(AlertTransition::getState).containsExactly(AlertState.FIRING);
        assertThat(stage.evaluating()).hasSize(1);
    }

    private static void assertSame(RuleStage many, RuleStage one) {
        assertThat(many.transitions()).isEqualTo(one.transitions());
        assertThat(many.recorded()).isEqualTo(one.recorded());
    }

    /** Runs an hour; the rules of the group change at these minutes. */
    private static RuleStage run(int partitions, long seed, Map<Integer, String> rules) {
        RuleStage stage = new RuleStage(partitions, seed);
        List<Series> series = series();
        Random random = new Random(seed);
        Map<Series, Integer> moods = new HashMap<>();
        TreeMap<Integer, String> changes = new TreeMap<>(rules);
        for (int second = 0; second < 60 * MINUTES; second += 10) {
            long startMs = BASE + second * 1_000L;
            if (second % 60 == 0 && changes.containsKey(second / 60)) {
                stage.turnTo(set(Objects.requireNonNull(changes.get(second / 60))), startMs);
            }
            for (Series one : series) {
                if (random.nextInt(12) == 0) {
                    moods.put(one, random.nextInt(4));
                }
                int mood = moods.getOrDefault(one, 1);
                if (mood > 0) {
                    stage.send(one, startMs, mood * 3);
                }
            }
            stage.advance(startMs + 10_000);
        }
        stage.finish(BASE + 2 * 60 * MINUTES * 1_000L);
        return stage;
    }

    private static List<Series> series() {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            Map<String, String> labels = Map.of("zone", "z" + i % 4, "node", "n" + i);
            series.add(Series.of("depth", "shop", labels, MetricKind.GAUGE, null));
        }
        series.add(Series.of("depth", "shop", Map.of("zone", "z0"), MetricKind.GAUGE, null));
        series.add(Series.of("depth", "", Map.of(), MetricKind.GAUGE, null));
        return series;
    }

    private static RuleSet set(String rules) {
        String yaml = "groups: [{name: g, rules: [" + rules + "]}]";
        Map<String, String> files = rules.isEmpty() ? Map.of() : Map.of("test.yml", yaml);
        return RuleSet.parse(files, RuleStage.PANE, RuleStage.PANE);
    }
}
