package dev.weir.alerting.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerting.eval.BoundExceededException;
import dev.weir.alerting.eval.BoundExceededException.Bound;
import dev.weir.alerting.eval.Bounds;
import dev.weir.alerting.eval.Evaluation;
import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.template.TemplateContext;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AlertLifecycleTest {
    private static final RuleBounds BOUNDS = new RuleBounds(4, 100, 100, 50);
    private static final SortedMap<String, String> INPUT = new TreeMap<>(Map.of("job", "a", "instance", "1"));
    private static final Evaluation HOLDS = evaluation(7, "a");
    private static final Evaluation CLEAR = new Evaluation(List.of(), Set.of(INPUT));
    private static final Evaluation OTHERS =
            new Evaluation(List.of(), Set.of(new TreeMap<>(Map.of("job", "b", "instance", "1"))));

    private Map<String, ActiveAlert> alerts = Map.of();
    private AlertLifecycle lifecycle = lifecycle("for: 20s");

    @Test
    void alertIsPendingForThePeriodThenFiresThenResolves() {
        assertThat(step(0, HOLDS)).containsExactly("1 PENDING null active 0 starts - ends - value 7.0");
        assertThat(step(10, HOLDS)).isEmpty();
        assertThat(step(20, HOLDS)).containsExactly("2 FIRING null active 0 starts 20 ends - value 7.0");
        assertThat(step(30, HOLDS)).isEmpty();
        assertThat(step(40, CLEAR)).containsExactly("3 RESOLVED CLEARED active 0 starts 20 ends 40 value null");
        assertThat(step(50, CLEAR)).isEmpty();
    }

    @Test
    void sequenceGoesOnWithoutGapWhenItFiresAgain() {
        step(0, HOLDS);
        step(10, CLEAR);
        step(20, HOLDS);
        step(30, HOLDS);
        assertThat(step(40, HOLDS)).containsExactly("4 FIRING null active 20 starts 40 ends - value 7.0");
        assertThat(step(50, CLEAR)).containsExactly("5 RESOLVED CLEARED active 20 starts 40 ends 50 value null");
    }

    @Test
    void pendingThatClearsIsInactive() {
        step(0, HOLDS);
        assertThat(step(10, CLEAR)).containsExactly("2 INACTIVE CLEARED active 0 starts - ends - value null");
    }

    @Test
    void withoutForItFiresAtOnce() {
        lifecycle = lifecycle("labels: {}");
        assertThat(step(0, HOLDS)).containsExactly("1 FIRING null active 0 starts 0 ends - value 7.0");
    }

    @Test
    void seriesThatWentSilentIsNoDataEvenIfOthersReport() {
        step(0, HOLDS);
        step(20, HOLDS);
        assertThat(step(30, OTHERS)).containsExactly("3 RESOLVED NO_DATA active 0 starts 20 ends 30 value null");
    }

    @Test
    void seriesWithoutALabelThatTheRuleKeepsIsAnotherOne() {
        step(0, HOLDS);
        step(20, HOLDS);
        Evaluation without = new Evaluation(List.of(), Set.of(new TreeMap<>(Map.of("instance", "1"))));
        assertThat(step(30, without)).containsExactly("3 RESOLVED NO_DATA active 0 starts 20 ends 30 value null");
    }

    @Test
    void keepFiringForHoldsTheAlertAfterItsCondition() {
        lifecycle = lifecycle("keep_firing_for: 20s");
        step(0, HOLDS);
        assertThat(step(10, CLEAR)).isEmpty();
        assertThat(step(20, HOLDS)).isEmpty();
        assertThat(step(30, CLEAR)).isEmpty();
        assertThat(step(40, CLEAR)).isEmpty();
        assertThat(step(50, CLEAR)).containsExactly("2 RESOLVED CLEARED active 0 starts 0 ends 50 value null");
    }

    @Test
    void stateThatWasStoredGoesOnAsIfItHadNot() {
        step(0, HOLDS);
        alerts.replaceAll((fingerprint, alert) -> ActiveAlert.decode(alert.encode()));
        assertThat(step(20, HOLDS)).containsExactly("2 FIRING null active 0 starts 20 ends - value 7.0");
        alerts.values()
                .forEach(alert -> assertThat(ActiveAlert.decode(alert.encode())).isEqualTo(alert));
        assertThatThrownBy(() -> ActiveAlert.decode(new byte[] {1, 2, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cut short");
    }

    @Test
    void removedRuleEndsItsAlerts() {
        step(0, HOLDS);
        Step end = lifecycle.end(10_000, ResolveReason.RULE_REMOVED, alerts);
        assertThat(end.transitions())
                .extracting(AlertLifecycleTest::text)
                .containsExactly("2 INACTIVE RULE_REMOVED active 0 starts - ends - value null");
        assertThat(lifecycle
                        .end(20_000, ResolveReason.RULE_REMOVED, end.alerts())
                        .transitions())
                .isEmpty();
    }

    @Test
    void transitionCarriesLabelsAnnotationsBoundsAndRule() {
        lifecycle = lifecycle(
                "labels: {severity: warning, instance: '', of: '{{ $labels.job }}'}",
                "annotations: {a: 'is {{ $value }}'}");
        Sample sample = new Sample(new TreeMap<>(INPUT), 7, new Bounds(6.5, 7.5));
        AlertTransition transition = lifecycle
                .step(0, new Evaluation(List.of(sample), Set.of(INPUT)), Map.of(), TemplateContext.NONE)
                .transitions()
                .get(0);
        assertThat(transition.getLabels())
                .containsOnly(
                        Map.entry("alertname", "A"),
                        Map.entry("job", "a"),
                        Map.entry("of", "a"),
                        Map.entry("severity", "warning"));
        assertThat(transition.getAnnotations()).containsOnly(Map.entry("a", "is 7"));
        assertThat(transition.getValueLow()).isEqualTo(6.5);
        assertThat(transition.getValueHigh()).isEqualTo(7.5);
        assertThat(transition.getFingerprint()).matches("[0-9a-f]{16}");
        assertThat(transition.getGroup()).isEqualTo("f.yml/g");
        assertThat(transition.getExpression()).isEqualTo("max by (job) (up) > 1");
        assertThat(transition.getRuleVersion()).matches("[0-9a-f]{16}");
    }

    @Test
    void alertsOfOneLookAndTwoRulesAreTwo() {
        String plain = fingerprint("f.yml/g");
        assertThat(fingerprint("f.yml/g", "for: 1m", "annotations: {a: b}")).isEqualTo(plain);
        assertThat(List.of(
                        plain,
                        fingerprint("f.yml/h"),
                        fingerprint("f.yml/g", "labels: {job: a}"),
                        fingerprint("f.yml/g", "labels: {job: '{{ $labels.job }}'}")))
                .doesNotHaveDuplicates();
    }

    private static String fingerprint(String group, String... lines) {
        return new AlertLifecycle(rule(lines), group, BOUNDS)
                .step(0, HOLDS, Map.of(), TemplateContext.NONE)
                .transitions()
                .get(0)
                .getFingerprint();
    }

    @Test
    void sameLabelsAfterLabellingAreAnError() {
        lifecycle = lifecycle("labels: {job: x}");
        Evaluation two = new Evaluation(
                List.of(
                        evaluation(1, "a").samples().get(0),
                        evaluation(2, "b").samples().get(0)),
                Set.of(INPUT));
        assertThatThrownBy(() -> lifecycle.step(0, two, Map.of(), TemplateContext.NONE))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("vector contains metrics with the same labelset after applying alert labels");
    }

    @Test
    void newAlertIsNumberedBehindThoseThatAreForgotten() {
        alerts = Map.of(ActiveAlert.FORGOTTEN, ActiveAlert.forgotten(41));
        assertThat(step(0, HOLDS)).containsExactly("42 PENDING null active 0 starts - ends - value 7.0");
        assertThat(step(20, HOLDS)).containsExactly("43 FIRING null active 0 starts 20 ends - value 7.0");
        assertThat(alerts).containsKey(ActiveAlert.FORGOTTEN);
    }

    @Test
    void ruleThatRaisesTooManyAlertsKeepsThoseItHas() {
        assertThat(step(0, evaluation(3))).hasSize(3);
        assertThat(step(10, evaluation(BOUNDS.alerts() - 1))).isEmpty();
        assertThatThrownBy(() -> step(20, evaluation(BOUNDS.alerts() + 1)))
                .isInstanceOfSatisfying(
                        BoundExceededException.class,
                        tooMuch -> assertThat(tooMuch.bound()).isEqualTo(Bound.ALERTS))
                .hasMessage("rule raises 5 alerts, must be at most 4: its alerts stay as they are"
                        + " (rules.bounds.alerts)");
        assertThat(step(30, evaluation(BOUNDS.alerts())))
                .containsExactlyInAnyOrder(
                        "2 FIRING null active 0 starts 30 ends - value 7.0",
                        "2 FIRING null active 0 starts 30 ends - value 7.0",
                        "2 FIRING null active 0 starts 30 ends - value 7.0",
                        "1 PENDING null active 30 starts - ends - value 7.0");
    }

    @Test
    void templateThatGivesTooLongATextIsAFailureOfItsRule() {
        int least = "7".length();
        lifecycle = lifecycle("annotations: {a: '{{ $value }}" + "x".repeat(BOUNDS.text() - least) + "'}");
        assertThat(step(0, HOLDS)).hasSize(1);
        lifecycle = lifecycle("annotations: {a: '{{ $value }}" + "x".repeat(BOUNDS.text() - least + 1) + "'}");
        assertThatThrownBy(() -> step(10, HOLDS))
                .isInstanceOfSatisfying(
                        BoundExceededException.class,
                        tooMuch -> assertThat(tooMuch.bound()).isEqualTo(Bound.TEXT))
                .hasMessage("template of a gives 51 characters, must be at most 50: the alerts of the rule stay as they"
                        + " are (rules.bounds.text)");
    }

    @Test
    void everyBoundIsAtLeastOne() {
        assertThatThrownBy(() -> new RuleBounds(0, -1, 0, 0))
                .hasMessage("alerts is 0, must be >= 1\nendedAlerts is -1, must be >= 1\nseries is 0, must be >= 1\n"
                        + "text is 0, must be >= 1");
    }

    /** So many samples at 7. */
    private static Evaluation evaluation(int samples) {
        return new Evaluation(
                IntStream.range(0, samples)
                        .mapToObj(job -> evaluation(7, "job" + job).samples().get(0))
                        .toList(),
                Set.of(INPUT));
    }

    private List<String> step(long seconds, Evaluation evaluation) {
        Step step = lifecycle.step(seconds * 1000, evaluation, alerts, TemplateContext.NONE);
        alerts = new TreeMap<>(step.alerts());
        return step.transitions().stream().map(AlertLifecycleTest::text).toList();
    }

    private static String text(AlertTransition transition) {
        AlertState state = transition.getState();
        return transition.getSequence() + " " + state + " " + transition.getReason() + " active "
                + seconds(transition.getActiveAt()) + " starts " + seconds(transition.getStartsAt()) + " ends "
                + seconds(transition.getEndsAt()) + " value " + transition.getValue();
    }

    private static String seconds(Instant instant) {
        return instant == null ? "-" : String.valueOf(instant.getEpochSecond());
    }

    private static Evaluation evaluation(double value, String job) {
        SortedMap<String, String> labels = new TreeMap<>(Map.of("job", job, "__name__", "up"));
        return new Evaluation(List.of(new Sample(labels, value, null)), Set.of(INPUT));
    }

    private static AlertLifecycle lifecycle(String... lines) {
        return new AlertLifecycle(rule(lines), "f.yml/g", BOUNDS);
    }

    private static Rule.Alerting rule(String... lines) {
        String yaml = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: max by (job) (up) > 1\n    "
                + String.join("\n    ", lines);
        return (Rule.Alerting) RuleFile.parse("f.yml", yaml, Duration.ofSeconds(10), Duration.ofSeconds(10))
                .groups()
                .get(0)
                .rules()
                .get(0);
    }
}
