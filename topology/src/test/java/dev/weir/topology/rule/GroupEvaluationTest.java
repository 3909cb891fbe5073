package dev.weir.topology.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerting.group.RecordedSample;
import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.alerting.lifecycle.Phase;
import dev.weir.alerting.lifecycle.RuleBounds;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerting.template.External;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.state.TimeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

final class GroupEvaluationTest {
    private static final long BASE = 1_700_000_000_000L;
    private static final String GROUP = "test.yml/g";
    private static final Series DEPTH = series("here");
    private static final String DEEP = rule("Deep", "sum_over_time(depth[30s]) > 5", "for: 20s");

    private final MemoryStores stores = new MemoryStores();
    private final KeyValueStore<String, Long> ticks = stores.clock(RuleStores.CLOCK);
    private final KeyValueStore<Bytes, byte[]> paneStore = stores.packs(RuleStores.PACKS);
    private final KeyValueStore<String, byte[]> alertStore =
            stores.open(RuleStores.ALERTS, Serdes.String(), Serdes.ByteArray());
    private final List<AlertTransition> transitions = new ArrayList<>();
    private final KeyValueStore<String, byte[]> recordedStore =
            stores.open(RuleStores.RECORDED, Serdes.String(), Serdes.ByteArray());
    private final RuleMetrics metrics = new RuleMetrics(stores.context().metrics(), "0_0");
    private final List<WindowAggregate> recorded = new ArrayList<>();
    private RulePaneStore panes = panes(1_000);
    private AlertStore alerts = alerts();
    private EvaluatorSettings settings = EvaluatorSettings.DEFAULTS;

    @Test
    void firstTickIsTheFirstWholeIntervalAfterTheEarliestPane() {
        GroupEvaluation group = group(DEEP);
        pane(0, DEPTH, 9);
        group.advance(at(9), 100, output);
        assertThat(transitions).isEmpty();
        group.advance(at(10), 100, output);
        assertThat(seconds()).containsExactly(10L);
    }

    @Test
    void groupWithoutPanesIsEvaluatedFromTheFirstWatermarkOn() {
        GroupEvaluation group = group(rule("Absent", "absent(depth)", ""));
        group.advance(at(5), 100, output);
        assertThat(transitions).isEmpty();
        group.advance(at(9), 100, output);
        group.advance(at(10), 100, output);
        assertThat(seconds()).containsExactly(10L);
        assertThat(transitions).extracting(AlertTransition::getState).containsExactly(AlertState.FIRING);
    }

    @Test
    void templatesKnowTheInstallation() {
        settings = new EvaluatorSettings(
                new External(new TreeMap<>(Map.of("cluster", "west")), "https://weir.example/p"), RuleBounds.DEFAULTS);
        String text = "'{{ $externalLabels.cluster }} {{ $externalURL }} {{ externalURL }} {{ pathPrefix }}'";
        GroupEvaluation group = group(rule("Deep", "depth > 5", "annotations: {a: " + text + "}"));
        pane(0, DEPTH, 9);
        group.advance(at(10), 100, output);
        assertThat(transitions)
                .singleElement()
                .extracting(one -> one.getAnnotations().get("a"))
                .isEqualTo("west https://weir.example/p https://weir.example/p /p");
    }

    @Test
    void watermarkThatStandsStillEvaluatesNothing() {
        GroupEvaluation group = group(DEEP);
        pane(0, DEPTH, 9);
        group.advance(at(10), 100, output);
        group.advance(at(10), 100, output);
        group.advance(at(19), 100, output);
        assertThat(ticks.get(GROUP)).isEqualTo(at(10));
        assertThat(transitions).hasSize(1);
    }

    @Test
    void ticksOfOneCallAreBoundedAndTheNextGoesOn() {
        GroupEvaluation group = group(DEEP);
        pane(0, DEPTH, 9);
        group.advance(at(1_000), 2, output);
        assertThat(ticks.get(GROUP)).isEqualTo(at(20));
        group.advance(at(1_000), 2, output);
        assertThat(ticks.get(GROUP)).isEqualTo(at(40));
        for (int i = 0; i < 100; i++) {
            group.advance(at(1_000), 2, output);
        }
        assertThat(group.advance(at(1_000), 2, output)).isTrue();
        assertThat(states()).containsExactly(AlertState.PENDING, AlertState.FIRING, AlertState.RESOLVED);
        assertThat(seconds()).containsExactly(10L, 30L, 40L);
    }

    @Test
    void partitionThatHasNothingOfADividedGroupDoesNothing() {
        GroupEvaluation group = group(DEEP);
        assertThat(group.advance(at(1_000), 2, output)).isTrue();
        assertThat(ticks.get(GROUP)).isNull();
        pane(1_000_000, DEPTH, 9);
        assertThat(group.advance(at(1_000_010), 1, output)).isTrue();
        assertThat(seconds()).containsExactly(1_000_010L);
    }

    @Test
    void longSilenceIsSkippedOnceEveryAlertHasSettled() {
        GroupEvaluation group = group(DEEP + rule("Absent", "absent(depth)", "for: 1m"));
        int years = 1_000_000_000;
        pane(0, DEPTH, 9);
        pane(years, DEPTH, 9);
        group.advance(at(years + 60), 200, output);
        assertThat(ticks.get(GROUP)).isEqualTo(at(years + 60));
        assertThat(transitions)
                .extracting(one -> one.getAlertname() + " " + one.getState() + " "
                        + (one.getEvaluatedAt().toEpochMilli() - BASE) / 1_000)
                .startsWith("Deep PENDING 10", "Deep FIRING 30")
                .contains("Absent FIRING 370", "Absent RESOLVED " + (years + 10), "Deep PENDING " + (years + 10));
    }

    @Test
    void boundOfACallChangesNoResult() {
        for (int second = 0; second < 300; second += 10) {
            pane(second, DEPTH, second % 70 < 30 ? 9 : 0);
        }
        group(DEEP).advance(at(400), 1_000, output);
        List<AlertTransition> atOnce = List.copyOf(transitions);
        assertThat(atOnce).hasSizeGreaterThan(5);

        GroupEvaluationTest other = new GroupEvaluationTest();
        for (int second = 0; second < 300; second += 10) {
            other.pane(second, DEPTH, second % 70 < 30 ? 9 : 0);
        }
        GroupEvaluation group = other.group(DEEP);
        for (int i = 0; i < 100; i++) {
            group.advance(at(400), 1, other.output);
        }
        assertThat(other.transitions).isEqualTo(atOnce);
    }

    @Test
    void panesThatNoLaterTickReadsAreForgotten() {
        GroupEvaluation group = group(DEEP);
        for (int second = 0; second < 100; second += 10) {
            pane(second, DEPTH, 1);
        }
        group.advance(at(100), 100, output);
        // The tick at 110 reads [80, 110); a whole minute begins at 40.
        assertThat(storedStarts()).containsExactly(40L, 50L, 60L, 70L, 80L, 90L);
    }

    @Test
    void ruleThatCannotBeEvaluatedLeavesItsAlertsAndTheOthersGoOn() {
        String collides = rule("Collides", "depth > 5", "labels: {zone: same}");
        GroupEvaluation group = group(collides + rule("Deep", "depth > 5", ""));
        pane(0, DEPTH, 9);
        group.advance(at(10), 100, output);
        assertThat(transitions).hasSize(2);
        pane(10, DEPTH, 9);
        pane(10, series("there"), 9);
        group.advance(at(20), 100, output);

        assertThat(transitions)
                .hasSize(3)
                .last()
                .extracting(AlertTransition::getAlertname)
                .isEqualTo("Deep");
        assertThat(count("evaluation-failures")).isEqualTo(1);
        assertThat(alerts("Collides#1").values()).extracting(ActiveAlert::phase).containsExactly(Phase.FIRING);
    }

    @Test
    void ruleThatComesToTooMuchIsCountedAndKeepsItsAlerts() {
        settings = new EvaluatorSettings(External.NONE, new RuleBounds(2, 1, 1, 30));
        String zones = rule("Zones", "depth > 5", "");
        String text = rule("Text", "depth{zone=\"here\"} > 5", "annotations: {a: '{{ $value | printf \"%029f\" }}'}");
        GroupEvaluation group = group(zones + text);
        pane(0, DEPTH, 9);
        pane(0, series("there"), 9);
        group.advance(at(10), 100, output);
        assertThat(transitions).extracting(AlertTransition::getAlertname).containsExactly("Zones", "Zones", "Text");
        assertThat(transitions.get(2).getAnnotations().get("a")).hasSize(29);
        assertThat(count("evaluation-failures")).isZero();

        group = group(zones + text.replace("029", "031"));
        pane(10, series("nowhere"), 9);
        group.advance(at(20), 100, output);
        assertThat(transitions).hasSize(3);
        assertThat(count("alerts-refused")).isEqualTo(1);
        assertThat(count("texts-refused")).isEqualTo(1);
        assertThat(count("evaluation-failures")).isEqualTo(2);
    }

    @Test
    void endedAlertsBeyondTheBoundAreForgottenAndCounted() {
        GroupEvaluation group = group(rule("Deep", "depth > 5", ""));
        for (int zone = 0; zone < 101; zone++) {
            pane(0, series("z" + zone), 9);
        }
        group.advance(at(10), 100, output);
        pane(10, DEPTH, 0);
        group.advance(at(400), 100, output);
        assertThat(transitions).hasSize(2 * 101);
        alerts.forget(Duration.ofDays(1));
        assertThat(count("alerts-forgotten")).isEqualTo(1);
        assertThat(alerts("Deep#1").values())
                .filteredOn(alert -> !alert.fingerprint().equals(ActiveAlert.FORGOTTEN))
                .hasSize(100);
        alerts.forget(Duration.ofDays(1));
        assertThat(count("alerts-forgotten")).isEqualTo(1);
    }

    @Test
    void rulesOfOneNameKeepTheirAlertsApart() {
        GroupEvaluation group = group(rule("Deep", "depth > 5", "") + rule("Deep", "depth > 8", "labels: {s: hi}"));
        pane(0, DEPTH, 9);
        group.advance(at(10), 100, output);
        assertThat(alerts("Deep#1")).hasSize(1);
        assertThat(alerts("Deep#2")).hasSize(1);
    }

    @Test
    void restartKeepsPendingFiringAndSequenceNumbers() {
        pane(0, DEPTH, 9);
        group(DEEP).advance(at(10), 100, output);
        restart();
        pane(10, DEPTH, 9);
        pane(20, DEPTH, 9);
        group(DEEP).advance(at(30), 100, output);
        restart();
        group(DEEP).advance(at(60), 100, output);
        restart();
        pane(70, DEPTH, 9);
        group(DEEP).advance(at(80), 100, output);

        assertThat(states())
                .containsExactly(AlertState.PENDING, AlertState.FIRING, AlertState.RESOLVED, AlertState.PENDING);
        assertThat(transitions).extracting(AlertTransition::getSequence).containsExactly(1L, 2L, 3L, 4L);
        assertThat(seconds()).containsExactly(10L, 30L, 60L, 80L);
        assertThat(transitions)
                .extracting(one -> one.getActiveAt().toEpochMilli())
                .containsExactly(at(10), at(10), at(10), at(80));
    }

    @Test
    void recordedSeriesIsReadInTheSameTickAndPublishedOverTheInterval() {
        group(record("depth:max", "max(depth)") + rule("Deep", "depth:max > 5", ""))
                .advance(at(0), 1, output);
        pane(0, DEPTH, 9);
        group(record("depth:max", "max(depth)") + rule("Deep", "depth:max > 5", ""))
                .advance(at(10), 9, output);
        assertThat(states()).containsExactly(AlertState.FIRING);
        assertThat(recorded).singleElement().satisfies(window -> {
            assertThat(window.getMetric()).isEqualTo("depth:max");
            assertThat(window.getKind()).isEqualTo(MetricKind.GAUGE);
            assertThat(window.getLast()).isEqualTo(9);
            assertThat(window.getWindowStart().toEpochMilli()).isEqualTo(at(0));
            assertThat(window.getWindowEnd().toEpochMilli()).isEqualTo(at(10));
        });
    }

    @Test
    void recordedSeriesIsReadOverARangeAcrossARestart() {
        String rules = record("depth:max", "max(depth)") + rule("Long", "count_over_time(depth:max[1m]) >= 4", "");
        for (int second = 0; second < 40; second += 10) {
            pane(second, DEPTH, 9);
            group(rules).advance(at(second + 10), 9, output);
            restart();
        }
        assertThat(seconds()).containsExactly(40L);
    }

    @Test
    void recordedSeriesOfAnotherGroupIsEvaluatedHereAndPublishedThere() {
        String yaml = """
                groups:
                  - name: g
                    rules: [{alert: Deep, expr: 'depth:max > 5'}]
                  - name: records
                    interval: 30s
                    rules: [{record: 'depth:max', expr: max(depth)}]
                """;
        GroupEvaluation group =
                group(RuleSet.parse(Map.of("test.yml", yaml), Duration.ofSeconds(10), Duration.ofSeconds(10)));
        pane(0, DEPTH, 9);
        group.advance(at(60), 100, output);
        // Ticks of the group that records: 10, 40; the last value is good for 5 min, but the series was read to its
        // end.
        assertThat(seconds()).containsExactly(10L);
        assertThat(states()).containsExactly(AlertState.FIRING);
        assertThat(recorded).isEmpty();
    }

    @Test
    void firstOfTwoGroupsThatRecordOneSeriesWins() {
        String yaml = """
                groups:
                  - {name: g, rules: [{alert: Deep, expr: 'depth:max > 5'}]}
                  - {name: one, rules: [{record: 'depth:max', expr: max(depth)}]}
                  - {name: two, rules: [{record: 'depth:max', expr: max(depth) - 5, labels: {x: ''}}]}
                """;
        GroupEvaluation group =
                group(RuleSet.parse(Map.of("test.yml", yaml), Duration.ofSeconds(10), Duration.ofSeconds(10)));
        pane(0, DEPTH, 9);
        group.advance(at(10), 100, output);
        assertThat(states()).containsExactly(AlertState.FIRING);
    }

    @Test
    void ruleThatRecordsASeriesAgainIsCounted() {
        GroupEvaluation group = group(record("depth:max", "max(depth)")
                + "      - {record: 'depth:max', expr: max(depth) - 5, labels: {x: ''}}\n");
        pane(0, DEPTH, 9);
        group.advance(at(10), 100, output);
        assertThat(recorded)
                .singleElement()
                .extracting(WindowAggregate::getLast)
                .isEqualTo(9.0);
        assertThat(count("samples-duplicate")).isEqualTo(1);
        assertThat(count("evaluation-failures")).isEqualTo(1);
    }

    @Test
    void rangeOfHoursIsKeptByTheMinuteAndOneOfDaysByTheHour() {
        String rules = rule("Hours", "sum_over_time(depth[3h]) > 100", "")
                + rule("Days", "sum_over_time(depth[3d]) > 2000", "")
                + rule("Minutes", "sum_over_time(depth[1m]) > 100", "");
        Duration length = Duration.ofHours(75);
        GroupEvaluation group = group(rules);
        for (int second = 0; second < length.toSeconds(); second += 60) {
            pane(second, DEPTH, 1);
            pane(second, series("there"), 0);
            group.advance(at(second + 60), 9, output);
        }
        assertThat(storedStarts()).hasSizeLessThan(2 * 2 + 4 * 60 + 75);
        assertThat(states()).containsExactly(AlertState.FIRING, AlertState.FIRING);
        assertThat(seconds()).containsExactly(6_010L, 120_010L);
        restart();
        group = group(rules);
        group.advance(at(length.toSeconds() + 9_900), 10_000, output);
        // Of the last 3 h 15 min are left, of the 3 days nearly all.
        assertThat(transitions).extracting(AlertTransition::getAlertname).containsExactly("Hours", "Days", "Hours");
    }

    @Test
    void groupThatReadsTooManySeriesKeepsItsAlertsAndSaysSo() {
        panes = panes(2);
        GroupEvaluation group = group(DEEP);
        pane(0, DEPTH, 9);
        group.advance(at(10), 100, output);
        assertThat(states()).containsExactly(AlertState.PENDING);
        pane(10, series("b"), 0);
        pane(10, series("c"), 0);
        group.advance(at(40), 100, output);
        assertThat(states()).containsExactly(AlertState.PENDING);
        assertThat(count("series-refused")).isEqualTo(1);
        assertThat(count("ticks-incomplete")).isEqualTo(3);
        group.advance(at(60), 100, output);
        assertThat(states()).containsExactly(AlertState.PENDING, AlertState.INACTIVE);
    }

    private void restart() {
        panes = panes(1_000);
        panes.restore();
        alerts = alerts();
    }

    private final GroupEvaluation.Output output = new GroupEvaluation.Output() {
        @Override
        public void transition(AlertTransition transition) {
            transitions.add(transition);
        }

        @Override
        public void recorded(RecordedSample sample, RuleGroup group, long tickMs) {
            recorded.add(RecordedWindow.of(sample, group.interval(), tickMs));
        }
    };

    private RulePaneStore panes(int mostSeries) {
        return new RulePaneStore(paneStore, mostSeries, metrics);
    }

    private AlertStore alerts() {
        return new AlertStore(alertStore, recordedStore, 100, metrics, () -> 0);
    }

    private Map<String, ActiveAlert> alerts(String rule) {
        return alerts().of(GROUP, GROUP).alerts(GROUP + "/" + rule);
    }

    private GroupEvaluation group(String rules) {
        String yaml = "groups:\n  - name: g\n    rules:\n" + rules;
        return group(RuleSet.parse(Map.of("test.yml", yaml), Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    private GroupEvaluation group(RuleSet set) {
        return new GroupEvaluation(set.unit(GROUP).orElseThrow(), settings, panes, alerts, ticks, metrics);
    }

    private void pane(int startSecond, Series series, double value) {
        Aggregate aggregate = new Aggregate(series.kind(), SketchRange.of("depth", null));
        aggregate.record(at(startSecond), value, null);
        DeltaPack.Writer pack = new DeltaPack.Writer();
        pack.begin(at(startSecond), false);
        pack.add(SeriesCodec.encode(series), aggregate);
        panes.add(new Shuffled.RuleInputs(GROUP, pack.toByteArray()));
    }

    private List<Long> storedStarts() {
        List<Long> starts = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = paneStore.all()) {
            all.forEachRemaining(entry -> starts.add((TimeKey.timeMs(entry.key) - BASE) / 1_000));
        }
        return starts;
    }

    private List<Long> seconds() {
        return transitions.stream()
                .map(one -> (one.getEvaluatedAt().toEpochMilli() - BASE) / 1_000)
                .toList();
    }

    private List<AlertState> states() {
        return transitions.stream().map(AlertTransition::getState).toList();
    }

    private double count(String name) {
        return stores.context().metrics().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name + "-total"))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    private static long at(long second) {
        return BASE + second * 1_000;
    }

    private static Series series(String zone) {
        return Series.of("depth", "shop", Map.of("zone", zone), MetricKind.GAUGE, null);
    }

    private static String record(String name, String expression) {
        return "      - record: " + name + "\n        expr: " + expression + "\n";
    }

    private static String rule(String name, String expression, String more) {
        return "      - alert: " + name + "\n        expr: " + expression + "\n"
                + (more.isEmpty() ? "" : "        " + more + "\n");
    }
}
