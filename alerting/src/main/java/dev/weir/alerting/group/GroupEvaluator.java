package dev.weir.alerting.group;

import dev.weir.alerting.eval.BoundExceededException;
import dev.weir.alerting.eval.BoundExceededException.Bound;
import dev.weir.alerting.eval.Evaluation;
import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.EvaluationTime;
import dev.weir.alerting.eval.Evaluator;
import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.eval.Staleness;
import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.alerting.lifecycle.AlertLifecycle;
import dev.weir.alerting.lifecycle.Step;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerting.template.TemplateContext;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Evaluates the rules of one group at one tick, in their order, as Prometheus does.
 *
 * <p>What a rule records, the rules behind it read at the same tick; at later ticks they read it if the caller's panes
 * hold it. A series that a rule wrote at the tick before and no longer writes ends at once. A rule that cannot be evaluated
 * is reported and leaves its alerts and series as they are; the others go on. One that comes to more than the {@code limit}
 * of the group is such a rule, but as in Prometheus its alerts end; one that writes a series again, {@link
 * DuplicateSampleException}, is reported too. Keeps nothing itself. One thread.
 */
public final class GroupEvaluator {
    private final List<KeyedRule> rules;
    private final String group;
    private final int limit;
    private final EvaluatorSettings settings;

    public GroupEvaluator(RuleGroup group, EvaluatorSettings settings) {
        this.rules = KeyedRule.of(group);
        this.group = group.id();
        this.limit = group.limit();
        this.settings = settings;
    }

    /** The rules in the order of their evaluation. */
    public List<KeyedRule> rules() {
        return rules;
    }

    /** Evaluates all rules at a tick of a stream: {@link #evaluate(EvaluationTime, PaneSource, GroupState, Map)}. */
    public GroupTick evaluate(long tickMs, PaneSource panes, GroupState state) {
        return evaluate(EvaluationTime.tick(tickMs), panes, state, new HashMap<>());
    }

    /**
     * Evaluates all rules once.
     *
     * @param panes what the rules read, and what earlier ticks of this group have recorded
     * @param written what groups before this one have written at the same time, to which it adds: of several values of a series
     *     the first stays
     */
    public GroupTick evaluate(EvaluationTime time, PaneSource panes, GroupState state, Map<Series, Double> written) {
        Tick tick = new Tick(time, new TickSource(panes), state, written);
        for (KeyedRule keyed : rules) {
            try {
                tick.evaluate(keyed);
            } catch (EvaluationException e) {
                tick.failures.add(new RuleFailure(keyed, e));
            }
        }
        return new GroupTick(tick.recorded, tick.alertSeries, tick.transitions, tick.failures);
    }

    /** One tick under way. */
    private final class Tick {
        private final EvaluationTime time;
        private final TickSource source;
        private final GroupState state;
        private final Map<Series, Double> written;
        private final List<RecordedSample> recorded = new ArrayList<>();
        private final List<RecordedSample> alertSeries = new ArrayList<>();
        private final List<AlertTransition> transitions = new ArrayList<>();
        private final List<RuleFailure> failures = new ArrayList<>();

        Tick(EvaluationTime time, TickSource source, GroupState state, Map<Series, Double> written) {
            this.time = time;
            this.source = source;
            this.state = state;
            this.written = written;
        }

        void evaluate(KeyedRule keyed) {
            Evaluation evaluation = Evaluator.evaluate(keyed.rule().expr(), time, source);
            if (keyed.rule() instanceof Rule.Alerting rule) {
                step(keyed.key(), rule, evaluation);
            } else if (keyed.rule() instanceof Rule.Recording rule) {
                record(keyed.key(), rule, evaluation);
            }
        }

        private void step(String key, Rule.Alerting rule, Evaluation evaluation) {
            Map<String, ActiveAlert> before = state.alerts(key);
            Set<Series> seriesBefore = AlertSeries.of(before.values()).keySet();
            TemplateContext context = new TemplateContext(
                    settings.external(),
                    expr -> Evaluator.evaluate(expr, time, source).samples());
            AlertLifecycle lifecycle = new AlertLifecycle(rule, group, settings.bounds());
            Step step = lifecycle.step(time.nowMs(), evaluation, before, context);
            if (isBeyondLimit(step.living())) {
                apply(key, lifecycle.end(time.nowMs(), ResolveReason.LIMIT_EXCEEDED, before), seriesBefore);
                throw beyondLimit(step.living(), "alerts");
            }
            apply(key, step, seriesBefore);
        }

        private void apply(String key, Step step, Set<Series> seriesBefore) {
            state.putAlerts(key, step.alerts());
            transitions.addAll(step.transitions());
            Map<Series, Double> after = AlertSeries.of(new TreeMap<>(step.alerts()).values());
            int dropped = write(after, alertSeries);
            end(seriesBefore, after.keySet(), alertSeries);
            throwIfAny(dropped);
        }

        private void record(String key, Rule.Recording rule, Evaluation evaluation) {
            Map<Series, Double> samples = named(rule, evaluation);
            if (isBeyondLimit(samples.size())) {
                throw beyondLimit(samples.size(), "series");
            }
            Set<Series> before = state.recorded(key);
            int dropped = write(samples, recorded);
            end(before, samples.keySet(), recorded);
            state.putRecorded(key, samples.keySet());
            throwIfAny(dropped);
        }

        private boolean isBeyondLimit(int number) {
            return limit > 0 && number > limit;
        }

        /** In Prometheus' words. */
        private BoundExceededException beyondLimit(int number, String what) {
            return new BoundExceededException(
                    Bound.GROUP_LIMIT, "exceeded limit of " + limit + " with " + number + " " + what);
        }

        /** Writes samples; the number of those that were dropped. */
        private int write(Map<Series, Double> samples, List<RecordedSample> out) {
            int dropped = 0;
            for (Map.Entry<Series, Double> sample : samples.entrySet()) {
                if (!write(sample.getKey(), sample.getValue(), out)) {
                    dropped++;
                }
            }
            return dropped;
        }

        /** Marks series of the tick before that are gone as ended, unless another rule has written them. */
        private void end(Set<Series> before, Set<Series> now, List<RecordedSample> out) {
            for (Series one : before) {
                if (!now.contains(one) && !written.containsKey(one)) {
                    write(one, Staleness.MARKER, out);
                }
            }
        }

        /** False if another value of the series has been written. */
        private boolean write(Series series, double value, List<RecordedSample> out) {
            Double first = written.putIfAbsent(series, value);
            if (first == null) {
                RecordedSample sample = new RecordedSample(series, time.lastMs(), value);
                source.write(sample);
                out.add(sample);
            }
            return first == null || Double.doubleToRawLongBits(first) == Double.doubleToRawLongBits(value);
        }

        private static void throwIfAny(int dropped) {
            if (dropped > 0) {
                throw new DuplicateSampleException(dropped);
            }
        }
    }

    /** The samples under the rule's name, with its labels. */
    private static Map<Series, Double> named(Rule.Recording rule, Evaluation evaluation) {
        Map<Series, Double> samples = new LinkedHashMap<>();
        for (Sample sample : evaluation.samples()) {
            SortedMap<String, String> labels = new TreeMap<>(sample.labels());
            labels.putAll(rule.labels());
            Series series = RecordedSeries.of(rule.name(), labels);
            if (samples.put(series, sample.value()) != null) {
                throw new EvaluationException(
                        "vector contains metrics with the same labelset after applying rule labels: " + series.key());
            }
        }
        return samples;
    }
}
