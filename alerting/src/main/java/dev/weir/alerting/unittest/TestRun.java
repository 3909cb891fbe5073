package dev.weir.alerting.unittest;

import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.EvaluationTime;
import dev.weir.alerting.eval.Evaluator;
import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerting.group.GroupEvaluator;
import dev.weir.alerting.group.GroupTick;
import dev.weir.alerting.group.KeyedRule;
import dev.weir.alerting.group.MemoryState;
import dev.weir.alerting.lifecycle.Phase;
import dev.weir.alerting.lifecycle.RuleBounds;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerting.unittest.RuleTest.AlertTest;
import dev.weir.alerting.unittest.RuleTest.Content;
import dev.weir.alerting.unittest.RuleTest.ExpressionTest;
import dev.weir.alerting.unittest.RuleTest.LabeledAlert;
import dev.weir.alerting.unittest.RuleTest.ValuedSample;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One test under way: time begins at zero, and every group is evaluated at each interval up to the last expectation.
 *
 * <p>As in promtool, alerts expected between two ticks are those of the earlier one, series are read up to the last tick,
 * and a rule that cannot be evaluated ends the test.
 */
final class TestRun {
    private final RuleTest test;
    private final Duration interval;
    private final List<GroupEvaluator> groups;
    private final List<AlertTest> alertTests;
    private final SampleStore samples = new SampleStore();
    private final MemoryState state = new MemoryState();

    /** Of groups in the order of their evaluation. */
    TestRun(RuleTest test, Duration interval, List<RuleGroup> groups) {
        this.test = test;
        this.interval = interval;
        this.groups = groups.stream()
                .map(group -> new GroupEvaluator(group, new EvaluatorSettings(test.external(), RuleBounds.DEFAULTS)))
                .toList();
        this.alertTests = test.alertTests().stream()
                .sorted(Comparator.comparing(AlertTest::evalTime))
                .toList();
    }

    /** What failed, in promtool's words and order. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        try {
            long last = test.end().dividedBy(interval);
            loadInputs(interval.multipliedBy(last));
            for (long tick = 0; tick <= last; tick++) {
                List<String> broken = evaluate(interval.multipliedBy(tick));
                failures.addAll(broken);
                if (!broken.isEmpty()) {
                    return failures;
                }
                checkAlerts(tick, failures);
            }
        } catch (EvaluationException e) {
            return List.of("    " + e.getMessage());
        }
        test.expressionTests().forEach(expression -> check(expression, failures));
        return failures;
    }

    private void loadInputs(Duration until) {
        long last = until.dividedBy(test.interval());
        for (InputSeries input : test.inputs()) {
            input.values().forEach(last, (index, value) -> {
                long atMs = test.interval().multipliedBy(index).toMillis();
                samples.add(input.series(), atMs, value);
            });
        }
    }

    /** The rules that failed at a tick. */
    private List<String> evaluate(Duration time) {
        List<String> broken = new ArrayList<>();
        Map<Series, Double> written = new HashMap<>();
        for (GroupEvaluator group : groups) {
            GroupTick tick = group.evaluate(EvaluationTime.instant(time.toMillis()), samples, state, written);
            tick.recorded().forEach(samples::add);
            tick.alertSeries().forEach(samples::add);
            tick.failures()
                    .forEach(failure ->
                            broken.add(FailureText.rule(failure.rule().rule().name(), time, failure.message())));
        }
        return broken;
    }

    private void checkAlerts(long tick, List<String> failures) {
        for (AlertTest alertTest : alertTests) {
            if (alertTest.evalTime().dividedBy(interval) == tick) {
                List<LabeledAlert> expected = Expectations.sortedAlerts(alertTest.expected());
                List<LabeledAlert> got = Expectations.sortedAlerts(firing(alertTest.alertName()));
                if (!expected.equals(got)) {
                    failures.add(FailureText.alerts(test.name(), alertTest, expected, got));
                }
            }
        }
    }

    private List<LabeledAlert> firing(String alertName) {
        return groups.stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule -> rule.rule().name().equals(alertName))
                .map(KeyedRule::key)
                .flatMap(key -> state.alerts(key).values().stream())
                .filter(alert -> alert.phase() == Phase.FIRING)
                .map(alert -> new LabeledAlert(alert.labels(), alert.annotations()))
                .toList();
    }

    private void check(ExpressionTest expression, List<String> failures) {
        if (expression.content() instanceof Content.Faulty faulty) {
            failures.add(FailureText.expression(expression, faulty.message()));
        } else if (expression.content() instanceof Content.Valid valid) {
            try {
                check(expression, valid, failures);
            } catch (EvaluationException e) {
                failures.add(FailureText.expression(expression, String.valueOf(e.getMessage())));
            }
        }
    }

    private void check(ExpressionTest expression, Content.Valid valid, List<String> failures) {
        List<ValuedSample> expected = Expectations.sortedSamples(valid.expected());
        List<ValuedSample> got =
                Expectations.sortedSamples(Evaluator.evaluate(
                                valid.expr(),
                                EvaluationTime.instant(expression.evalTime().toMillis()),
                                samples)
                        .samples()
                        .stream()
                        .map(Expectations::valued)
                        .toList());
        if (!Expectations.areEqual(expected, got)) {
            failures.add(FailureText.samples(expression, expected, got));
        }
    }
}
