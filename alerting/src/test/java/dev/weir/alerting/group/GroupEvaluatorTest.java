package dev.weir.alerting.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.eval.Evaluator;
import dev.weir.alerting.eval.RecordedPanes;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class GroupEvaluatorTest {
    private static final Series QUEUE = RecordedPanes.series(MetricKind.GAUGE, "queue", "job", "a");
    private static final Series OTHER = RecordedPanes.series(MetricKind.GAUGE, "queue", "job", "b");
    private static final long TICK_MS = 60_000;

    private final RecordedPanes panes = new RecordedPanes();
    private final MemoryState state = new MemoryState();

    @Test
    void laterRulesReadWhatEarlierOnesRecordedAtTheSameTick() {
        GroupEvaluator group = group("""
                - {record: job:queue:sum, expr: 'sum by (job) (queue)', labels: {team: x}}
                - {record: queue:double, expr: 'job:queue:sum{team="x"} * 2'}
                - {alert: Long, expr: 'queue:double > 10'}
                """);
        panes.record(QUEUE, 1_000, 6);
        GroupTick tick = tick(group, 1);
        assertThat(texts(tick.recorded()))
                .containsExactly(
                        "job:queue:sum{service=\"\",job=\"a\",team=\"x\"} 6.0",
                        "queue:double{service=\"\",job=\"a\",team=\"x\"} 12.0");
        assertThat(tick.transitions()).extracting(AlertTransition::getState).containsExactly(AlertState.FIRING);
    }

    @Test
    void earlierRulesReadWhatLaterOnesRecordedAtTheTickBefore() {
        GroupEvaluator group = group("""
                - {record: count, expr: 'before + 1 or start'}
                - {record: before, expr: 'count'}
                """);
        panes.record(RecordedPanes.series(MetricKind.GAUGE, "start"), 1_000, 1);
        for (int i = 1; i <= 3; i++) {
            keep(tick(group, i));
        }
        assertThat(value("before", 3)).containsExactly(3.0);
    }

    @Test
    void labelOfTheRuleWinsAndAnEmptyOneRemoves() {
        GroupEvaluator group = group("- {record: r, expr: queue, labels: {job: rule, service: ''}}");
        panes.record(QUEUE, 1_000, 6);
        assertThat(texts(tick(group, 1).recorded())).containsExactly("r{service=\"\",job=\"rule\"} 6.0");
    }

    @Test
    void seriesThatIsNoLongerRecordedEndsAtOnce() {
        GroupEvaluator group = group("- {record: r, expr: 'queue > 5'}");
        panes.record(QUEUE, 1_000, 6).record(OTHER, 1_000, 7);
        keep(tick(group, 1));
        assertThat(value("r", 1)).containsExactlyInAnyOrder(6.0, 7.0);
        panes.record(QUEUE, TICK_MS + 1_000, 5);
        GroupTick second = keep(tick(group, 2));
        assertThat(second.recorded()).filteredOn(RecordedSample::isStale).hasSize(1);
        assertThat(value("r", 2)).containsExactly(7.0);
        assertThat(value("count_over_time(r[5m])", 2)).containsExactlyInAnyOrder(1.0, 2.0);
        assertThat(tick(group, 3).recorded()).noneMatch(RecordedSample::isStale);
    }

    @Test
    void notANumberIsRecorded() {
        GroupEvaluator group = group("- {record: r, expr: 'queue / queue'}\n- {record: bad, expr: 'r != r'}");
        panes.record(QUEUE, 1_000, 0);
        assertThat(tick(group, 1).recorded())
                .extracting(sample -> sample.series().metric() + " " + sample.value() + " " + sample.isStale())
                .containsExactly("r NaN false", "bad NaN false");
    }

    @Test
    void sameLabelsAfterRecordingFailTheRuleAndOthersGoOn() {
        GroupEvaluator group = group("""
                - {record: r, expr: queue, labels: {job: one}}
                - {record: s, expr: 'sum(queue)'}
                """);
        panes.record(QUEUE, 1_000, 6).record(OTHER, 1_000, 7);
        GroupTick tick = tick(group, 1);
        assertThat(tick.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.rule().key()).isEqualTo("rules.yml/g/r#1");
            assertThat(failure.message())
                    .isEqualTo("vector contains metrics with the same labelset after applying rule labels: "
                            + "r{service=\"s\",job=\"one\"}");
        });
        assertThat(texts(tick.recorded())).containsExactly("s{service=\"\"} 13.0");
    }

    @Test
    void failingRuleKeepsItsAlertsAndSeries() {
        GroupEvaluator group = group("""
                - {alert: A, expr: 'queue / on(service) limit > 2'}
                - {record: r, expr: 'queue / on(service) limit'}
                """);
        Series limit = RecordedPanes.series(MetricKind.GAUGE, "limit");
        panes.record(QUEUE, 1_000, 6).record(limit, 1_000, 2);
        keep(tick(group, 1));
        panes.record(OTHER, TICK_MS, 6);
        GroupTick failed = keep(tick(group, 2));
        assertThat(failed.failures()).hasSize(2);
        assertThat(failed.transitions()).isEmpty();
        assertThat(failed.recorded()).isEmpty();
        assertThat(state.alerts("rules.yml/g/A#1")).hasSize(1);
        assertThat(value("r", 2)).containsExactly(3.0);
    }

    @Test
    void ruleBeyondTheLimitOfItsGroupFailsAndItsAlertsEnd() {
        GroupEvaluator group = group(2, """
                - {alert: A, expr: 'queue > 5', keep_firing_for: 2m}
                - {record: r, expr: 'queue > 5'}
                """);
        panes.record(QUEUE, 1_000, 6).record(OTHER, 1_000, 7);
        assertThat(keep(tick(group, 1)).failures()).isEmpty();
        Series third = RecordedPanes.series(MetricKind.GAUGE, "queue", "job", "c");
        panes.record(QUEUE, TICK_MS, 0).record(third, TICK_MS, 8);

        GroupTick beyond = keep(tick(group, 2));
        assertThat(beyond.failures())
                .extracting(failure -> failure.rule().rule().name() + " " + failure.message())
                .containsExactly("A exceeded limit of 2 with 3 alerts");
        assertThat(beyond.transitions())
                .extracting(one -> one.getState() + " " + one.getReason() + " " + one.getSequence())
                .containsExactly("RESOLVED LIMIT_EXCEEDED 2", "RESOLVED LIMIT_EXCEEDED 2");
        assertThat(value("ALERTS", 2)).isEmpty();
        assertThat(value("r", 2)).containsExactlyInAnyOrder(7.0, 8.0);

        panes.record(QUEUE, 2 * TICK_MS, 9);
        GroupTick all = keep(tick(group, 3));
        assertThat(all.failures())
                .extracting(RuleFailure::message)
                .containsExactly("exceeded limit of 2 with 3 alerts", "exceeded limit of 2 with 3 series");
        assertThat(all.transitions()).isEmpty();
        assertThat(all.recorded()).isEmpty();

        panes.record(OTHER, 3 * TICK_MS, 0);
        GroupTick within = keep(tick(group, 4));
        assertThat(within.failures()).isEmpty();
        assertThat(within.transitions())
                .extracting(one -> one.getLabels().get("job") + " " + one.getState() + " " + one.getSequence())
                .containsExactlyInAnyOrder("a FIRING 3", "c FIRING 1");
        assertThat(within.recorded()).filteredOn(RecordedSample::isStale).hasSize(1);
    }

    @Test
    void firstOfTwoRulesThatRecordOneSeriesWinsAndTheOtherFails() {
        GroupEvaluator group = group("""
                - {record: r, expr: queue}
                - {record: r, expr: 'queue * 2', labels: {x: ''}}
                - {record: r, expr: queue, labels: {y: ''}}
                """);
        panes.record(QUEUE, 1_000, 6).record(OTHER, 1_000, 0);
        GroupTick tick = keep(tick(group, 1));
        assertThat(tick.recorded()).extracting(RecordedSample::value).containsExactlyInAnyOrder(6.0, 0.0);
        assertThat(tick.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.rule().key()).isEqualTo("rules.yml/g/r#2");
            assertThat(failure.message()).isEqualTo("duplicate sample for timestamp");
            assertThat(((DuplicateSampleException) failure.cause()).dropped()).isEqualTo(1);
        });
        assertThat(value("r", 1)).containsExactlyInAnyOrder(6.0, 0.0);
    }

    @Test
    void seriesThatAnotherRuleGoesOnToRecordDoesNotEnd() {
        GroupEvaluator group = group("- {record: r, expr: 'queue'}\n- {record: r, expr: 'queue > 5', labels: {x: ''}}");
        panes.record(QUEUE, 1_000, 6);
        keep(tick(group, 1));
        panes.record(QUEUE, TICK_MS, 5);
        GroupTick tick = keep(tick(group, 2));
        assertThat(tick.failures()).isEmpty();
        assertThat(texts(tick.recorded())).containsExactly("r{service=\"s\",job=\"a\"} 5.0");
        assertThat(value("r", 2)).containsExactly(5.0);
    }

    @Test
    void alertsAreSeriesThatRulesRead() {
        GroupEvaluator group = group("""
                - {alert: A, expr: 'queue > 5', for: 1m, labels: {severity: page}}
                - {record: firing, expr: 'sum by (alertstate, severity) (ALERTS)'}
                - {record: since, expr: 'ALERTS_FOR_STATE{alertname="A"}'}
                """);
        panes.record(QUEUE, 1_000, 6);
        assertThat(texts(keep(tick(group, 1)).recorded()))
                .containsExactly(
                        "firing{service=\"\",alertstate=\"pending\",severity=\"page\"} 1.0",
                        "since{service=\"s\",alertname=\"A\",job=\"a\",severity=\"page\"} 60.0");
        assertThat(texts(keep(tick(group, 2)).recorded()))
                .contains(
                        "firing{service=\"\",alertstate=\"firing\",severity=\"page\"} 1.0",
                        "since{service=\"s\",alertname=\"A\",job=\"a\",severity=\"page\"} 60.0");
        assertThat(value("ALERTS{alertstate=\"pending\"}", 2)).isEmpty();
        assertThat(value("ALERTS", 6)).containsExactly(1.0);
    }

    private static GroupEvaluator group(String rules) {
        return group(0, rules);
    }

    private static GroupEvaluator group(int limit, String rules) {
        String yaml = "groups: [{name: g, interval: 1m, limit: " + limit + ", rules: ["
                + rules.lines().map(rule -> rule.substring(2)).collect(Collectors.joining(", ")) + "]}]";
        RuleFile file = RuleFile.parse("rules.yml", yaml, Duration.ofMinutes(1), Duration.ofSeconds(10));
        return new GroupEvaluator(file.groups().get(0), EvaluatorSettings.DEFAULTS);
    }

    private GroupTick tick(GroupEvaluator group, int minute) {
        return group.evaluate(minute * TICK_MS, panes, state);
    }

    private GroupTick keep(GroupTick tick) {
        for (List<RecordedSample> samples : List.of(tick.recorded(), tick.alertSeries())) {
            samples.forEach(sample -> panes.record(sample.series(), sample.timestampMs(), sample.value()));
        }
        return tick;
    }

    private List<Double> value(String expression, int minute) {
        return Evaluator.evaluate(PromqlParser.parse(expression), minute * TICK_MS, panes).samples().stream()
                .map(Sample::value)
                .toList();
    }

    private static List<String> texts(List<RecordedSample> samples) {
        return samples.stream()
                .filter(sample -> !sample.isStale())
                .map(sample -> sample.series().key() + " " + sample.value())
                .toList();
    }
}
