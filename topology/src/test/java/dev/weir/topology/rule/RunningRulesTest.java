package dev.weir.topology.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerting.group.RecordedSample;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.ruleset.StoredRules;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.state.MemoryStores;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Alerts across changes of the rule set. Ticks every 10 s; the series is at 9 all the time. */
final class RunningRulesTest {
    private static final long BASE = 1_700_000_040_000L;
    private static final int MOST_ENDED = 3;
    private static final Duration PANE = Duration.ofSeconds(10);
    private static final Series DEPTH = Series.of("depth", "shop", Map.of(), MetricKind.GAUGE, null);
    private static final String DEEP = "{alert: Deep, expr: 'depth > 5', for: 20s}";
    private static final String DEEPER = "{alert: Deep, expr: 'depth > 6', for: 20s}";
    private static final String CRITICAL = "{alert: Deep, expr: 'depth > 8', labels: {severity: critical}}";
    private static final String HIGH = "{alert: High, expr: 'depth > 7'}";

    private final MemoryStores stores = new MemoryStores();
    private final KeyValueStore<String, Long> ticks = stores.clock(RuleStores.CLOCK);
    private final KeyValueStore<Bytes, byte[]> packs = stores.packs(RuleStores.PACKS);
    private final KeyValueStore<String, byte[]> alerts = bytes(RuleStores.ALERTS);
    private final KeyValueStore<String, byte[]> recorded = bytes(RuleStores.RECORDED);
    private final KeyValueStore<String, byte[]> sets = bytes(RuleStores.RULES);
    private final KeyValueStore<Bytes, byte[]> moved = stores.packs(RuleStores.MOVED);
    private final RuleBook book = new RuleBook(RuleSet.none(PANE));
    private final List<String> said = new ArrayList<>();
    private final List<AlertTransition> transitions = new ArrayList<>();
    private Handover handover = new Handover(0, 1, moved, ticks, message -> {});
    private RunningRules running = start();
    private int second;
    private long wallMs;

    @Test
    void removedRuleEndsItsAlertsOnceAndTheOthersGoOn() {
        turnTo(DEEP, HIGH);
        runTo(60);
        turnTo(HIGH);
        runTo(120);
        assertThat(said)
                .containsExactly(
                        "Deep PENDING 1 at 10", "High FIRING 1 at 10", "Deep FIRING 2 at 30", "Deep RESOLVED 3 at 60");
        assertThat(transitions.get(3).getReason()).isEqualTo(ResolveReason.RULE_REMOVED);
        assertThat(transitions.get(3).getExpression()).isEqualTo("depth > 5");
    }

    @Test
    void changedRuleEndsItsAlertsAndBeginsAgainWithTheNextNumber() {
        turnTo(DEEP);
        runTo(60);
        turnTo(DEEPER);
        runTo(120);
        assertThat(said)
                .containsExactly(
                        "Deep PENDING 1 at 10",
                        "Deep FIRING 2 at 30",
                        "Deep RESOLVED 3 at 60",
                        "Deep PENDING 4 at 70",
                        "Deep FIRING 5 at 90");
        assertThat(transitions.get(2).getReason()).isEqualTo(ResolveReason.RULE_CHANGED);
    }

    @Test
    void ruleThatStaysKeepsItsAlertsWhereverItStands() {
        turnTo(DEEP);
        runTo(20);
        turnTo(CRITICAL, HIGH, DEEP);
        runTo(60);
        turnTo(DEEP, HIGH);
        runTo(120);
        assertThat(said)
                .containsExactly(
                        "Deep PENDING 1 at 10",
                        "Deep FIRING 1 at 30",
                        "High FIRING 1 at 30",
                        "Deep FIRING 2 at 30",
                        "Deep RESOLVED 2 at 60");
        assertThat(transitions.get(4).getReason()).isEqualTo(ResolveReason.RULE_REMOVED);
        assertThat(transitions.get(4).getLabels()).containsEntry("severity", "critical");
    }

    @Test
    void ruleThatComesBackGoesOnWithItsNumbersAlsoAfterItsGroupWasGone() {
        turnTo(DEEP, HIGH);
        runTo(40);
        turnTo(HIGH);
        runTo(60);
        turnTo();
        runTo(80);
        running = start();
        turnTo(DEEP);
        runTo(120);
        assertThat(said)
                .containsExactly(
                        "Deep PENDING 1 at 10",
                        "High FIRING 1 at 10",
                        "Deep FIRING 2 at 30",
                        "Deep RESOLVED 3 at 40",
                        "High RESOLVED 2 at 60",
                        "Deep PENDING 4 at 90",
                        "Deep FIRING 5 at 110");
    }

    @Test
    void restartRunsTheSetThatRanBefore() {
        turnTo(DEEP);
        runTo(20);
        running = start();
        runTo(40);
        assertThat(said).containsExactly("Deep PENDING 1 at 10", "Deep FIRING 2 at 30");
    }

    @Test
    void alertThatTheTopicHasForgottenGoesOnBehindAllNumbersOfItsRule() {
        turnTo(DEEP);
        runTo(40);
        turnTo(DEEPER);
        wallMs = Duration.ofDays(14).toMillis();
        running.forgetAlerts();
        runTo(50);
        turnTo();
        wallMs += 1;
        running.forgetAlerts();
        wallMs = Duration.ofDays(29).toMillis();
        running.forgetAlerts();
        running = start();
        turnTo(DEEP);
        runTo(80);
        assertThat(said)
                .containsExactly(
                        "Deep PENDING 1 at 10",
                        "Deep FIRING 2 at 30",
                        "Deep RESOLVED 3 at 40",
                        "Deep PENDING 4 at 50",
                        "Deep INACTIVE RULE_REMOVED 5 at 50",
                        "Deep PENDING 6 at 60",
                        "Deep FIRING 7 at 80");
        assertThat(transitions)
                .extracting(AlertTransition::getFingerprint)
                .containsOnly(transitions.get(0).getFingerprint());
    }

    @Test
    void nothingIsKeptOfAGroupThatIsGone() {
        turnTo(DEEP, "{record: a, expr: depth}");
        runTo(60);
        turnTo();
        assertThat(packs.all().hasNext()).isFalse();
        assertThat(recorded.all().hasNext()).isFalse();
        assertThat(ticks.get("test.yml/g")).isNull();
    }

    @Test
    void ruleThatMovesToAnotherGroupAndBackNumbersItsAlertsWithoutGapOrRepeat() {
        turnTo(Map.of("test.yml", group("g", DEEP)));
        runTo(40);
        turnTo(Map.of("test.yml", group("g", HIGH), "other.yml", group("h", DEEP)));
        runTo(80);
        turnTo(Map.of("test.yml", group("g", DEEP), "other.yml", group("h", DEEP)));
        runTo(120);
        turnTo(Map.of("other.yml", group("h", DEEP)));
        runTo(130);
        assertThat(said.stream().filter(one -> one.startsWith("Deep")))
                .containsExactly(
                        "Deep PENDING 1 at 10",
                        "Deep FIRING 2 at 30",
                        "Deep RESOLVED 3 at 40",
                        "Deep PENDING 1 at 50",
                        "Deep FIRING 2 at 70",
                        "Deep PENDING 4 at 90",
                        "Deep FIRING 5 at 110",
                        "Deep RESOLVED 6 at 120");
        Map<String, List<Long>> numbers = transitions.stream()
                .collect(Collectors.groupingBy(
                        AlertTransition::getFingerprint,
                        Collectors.mapping(AlertTransition::getSequence, Collectors.toList())));
        assertThat(numbers.values())
                .containsExactlyInAnyOrder(List.of(1L, 2L, 3L, 4L, 5L, 6L), List.of(1L, 2L), List.of(1L, 2L));
        assertThat(transitions)
                .filteredOn(one -> one.getAlertname().equals("Deep"))
                .extracting(AlertTransition::getLabels)
                .containsOnly(transitions.get(0).getLabels());
    }

    @Test
    void whileSetsDifferGroupsThatAreTheSameGoOnAndTheOthersAreLeftOut() {
        RuleSet one = set(Map.of("test.yml", group("g", DEEP), "other.yml", group("h", HIGH)));
        RuleSet other = set(Map.of("test.yml", group("g", DEEP), "other.yml", group("h", DEEP)));
        turnTo(one, 0);
        receive(40);
        assertThat(running.advanceShared(at(30), List.of())).isTrue();
        assertThat(said).isEmpty();
        assertThat(running.advanceShared(at(30), List.of(one, other))).isTrue();
        running.skip(at(30), List.of(one, other));
        turnTo(other, 30);
        assertThat(running.advance(at(40))).isTrue();
        assertThat(said).containsExactly("Deep PENDING 1 at 10", "Deep FIRING 2 at 30", "Deep PENDING 1 at 40");
        assertThat(count("groups-skipped")).isEqualTo(1);
    }

    @Test
    void panesOfALongerRangeToComeOutliveTheTicksBeforeTheChange() {
        turnTo("{alert: Much, expr: 'sum_over_time(depth[1m]) > 500'}");
        runTo(60);
        RuleSet longer = set(Map.of("test.yml", group("g", "{alert: Much, expr: 'sum_over_time(depth[10m]) > 500'}")));
        book.turnTo(longer);
        runTo(660);
        turnTo(longer, second);
        runTo(680);
        assertThat(said).containsExactly("Much FIRING 1 at 670");
    }

    private double count(String name) {
        return stores.context().metrics().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name + "-total"))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    private static String group(String name, String rule) {
        return "groups: [{name: " + name + ", rules: [" + rule + "]}]";
    }

    private RunningRules start() {
        RuleMetrics metrics = new RuleMetrics(stores.context().metrics(), "0_0");
        handover = new Handover(0, 1, moved, ticks, message -> {});
        return new RunningRules(
                new RuleSettings(book, 1, PANE, TimeSettings.DEFAULTS, Duration.ofDays(7), EvaluatorSettings.DEFAULTS),
                0,
                new StoredRules(sets),
                new RulePaneStore(packs, 100, metrics),
                new AlertStore(alerts, recorded, MOST_ENDED, metrics, () -> wallMs),
                handover,
                ticks,
                metrics,
                new Saying());
    }

    /** A rule set of one group of these rules, from now on. */
    private void turnTo(String... rules) {
        String yaml = "groups: [{name: g, rules: [" + String.join(", ", rules) + "]}]";
        turnTo(rules.length == 0 ? Map.of() : Map.of("test.yml", yaml));
    }

    private void turnTo(Map<String, String> files) {
        turnTo(set(files), second);
    }

    private void turnTo(RuleSet to, int atSecond) {
        running.turnTo(to, at(atSecond));
        handover.end(at(atSecond));
    }

    private static RuleSet set(Map<String, String> files) {
        return RuleSet.parse(files, PANE, PANE);
    }

    private void runTo(int toSecond) {
        while (second < toSecond) {
            receive(second + 10);
            running.advance(at(second));
        }
    }

    private void receive(int toSecond) {
        for (; second < toSecond; second += 10) {
            Aggregate aggregate = new Aggregate(DEPTH.kind(), SketchRange.of("depth", null));
            aggregate.record(at(second), 9, null);
            DeltaPack.Writer pack = new DeltaPack.Writer();
            pack.begin(at(second), false);
            pack.add(SeriesCodec.encode(DEPTH), aggregate);
            running.add(new Shuffled.RuleInputs("test.yml/g", pack.toByteArray()));
            running.add(new Shuffled.RuleInputs("other.yml/h", pack.toByteArray()));
        }
    }

    private final class Saying implements GroupEvaluation.Output {
        @Override
        public void transition(AlertTransition one) {
            transitions.add(one);
            String state = one.getState() == AlertState.INACTIVE ? "INACTIVE " + one.getReason() : one.getState() + "";
            long atSecond = (one.getEvaluatedAt().toEpochMilli() - BASE) / 1_000;
            said.add(one.getAlertname() + " " + state + " " + one.getSequence() + " at " + atSecond);
        }

        @Override
        public void recorded(RecordedSample sample, RuleGroup group, long tickMs) {}
    }

    private static long at(int atSecond) {
        return BASE + atSecond * 1_000L;
    }

    private KeyValueStore<String, byte[]> bytes(String name) {
        return stores.open(name, Serdes.String(), Serdes.ByteArray());
    }
}
