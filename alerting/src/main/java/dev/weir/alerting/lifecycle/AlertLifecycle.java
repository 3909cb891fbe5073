package dev.weir.alerting.lifecycle;

import dev.weir.alerting.eval.BoundExceededException;
import dev.weir.alerting.eval.BoundExceededException.Bound;
import dev.weir.alerting.eval.Evaluation;
import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.plan.RulePlan;
import dev.weir.alerting.plan.ShardLabels;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.template.TemplateContext;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * State machine of the alerts of one rule: inactive, pending, firing, and back.
 *
 * <p>As in Prometheus an alert fires at the first tick that is at least {@code for} after the one that raised it; without
 * {@code for} it fires at once and is never pending. {@code keep_firing_for} holds a firing alert whose condition ended.
 * Each transition of a fingerprint has the next sequence number, also over several lives; of one that was forgotten the
 * numbers begin behind all that were. Stateless.
 */
public final class AlertLifecycle {
    private final Rule.Alerting rule;
    private final String group;
    private final RuleBounds bounds;

    /** The lifecycle of a rule; {@code group} is the id of its group. */
    public AlertLifecycle(Rule.Alerting rule, String group, RuleBounds bounds) {
        this.rule = rule;
        this.group = group;
        this.bounds = bounds;
    }

    /**
     * Applies the evaluation of a tick.
     *
     * @param current the rule's alerts by fingerprint as the tick before left them
     * @param context what the templates of labels and annotations read besides
     * @throws EvaluationException if two samples have the same labels once the rule's are added; nothing changes then
     * @throws BoundExceededException if there are too many samples, or a text is too long; nothing changes then
     */
    public Step step(long tickMs, Evaluation evaluation, Map<String, ActiveAlert> current, TemplateContext context) {
        Map<String, RaisedAlert> raised = raised(evaluation, context);
        ActiveAlert forgotten = current.get(ActiveAlert.FORGOTTEN);
        TreeSet<String> fingerprints = new TreeSet<>(current.keySet());
        fingerprints.addAll(raised.keySet());
        Map<String, ActiveAlert> next = new TreeMap<>();
        List<AlertTransition> transitions = new ArrayList<>();
        for (String fingerprint : fingerprints) {
            ActiveAlert before = current.get(fingerprint);
            RaisedAlert alert = raised.get(fingerprint);
            if (alert != null) {
                next.put(fingerprint, raise(tickMs, alert, before == null ? forgotten : before, transitions));
            } else if (before != null) {
                next.put(fingerprint, lower(tickMs, before, evaluation, transitions));
            }
        }
        return new Step(next, transitions);
    }

    /** Ends all alerts because the rule is gone or has become another one. */
    public Step end(long tickMs, ResolveReason reason, Map<String, ActiveAlert> current) {
        Map<String, ActiveAlert> next = new TreeMap<>();
        List<AlertTransition> transitions = new ArrayList<>();
        new TreeMap<>(current)
                .forEach((fingerprint, alert) -> next.put(
                        fingerprint,
                        alert.phase() == Phase.CLOSED ? alert : close(tickMs, alert, reason, transitions)));
        return new Step(next, transitions);
    }

    private Map<String, RaisedAlert> raised(Evaluation evaluation, TemplateContext context) {
        if (evaluation.samples().size() > bounds.alerts()) {
            throw new BoundExceededException(
                    Bound.ALERTS,
                    "rule raises " + evaluation.samples().size() + " alerts, must be at most " + bounds.alerts()
                            + ": its alerts stay as they are (rules.bounds.alerts)");
        }
        Map<String, RaisedAlert> raised = new TreeMap<>();
        for (Sample sample : evaluation.samples()) {
            RaisedAlert alert = RaisedAlert.of(rule, group, sample, context, bounds.text());
            if (raised.put(alert.fingerprint(), alert) != null) {
                throw new EvaluationException(
                        "vector contains metrics with the same labelset after applying alert labels: "
                                + alert.labels());
            }
        }
        return raised;
    }

    private ActiveAlert raise(
            long tickMs, RaisedAlert raised, @Nullable ActiveAlert before, List<AlertTransition> transitions) {
        ActiveAlert living = before == null || before.phase() == Phase.CLOSED ? null : before;
        long activeAtMs = living == null ? tickMs : living.activeAtMs();
        Long firingSinceMs = living == null ? null : living.startsAtMs();
        boolean fires =
                firingSinceMs != null || tickMs - activeAtMs >= rule.holdFor().toMillis();
        boolean changes = living == null || fires != (firingSinceMs != null);
        long sequence = (before == null ? 0 : before.sequence()) + (changes ? 1 : 0);
        Long startsAtMs = fires && firingSinceMs == null ? Long.valueOf(tickMs) : firingSinceMs;
        ActiveAlert alert = new ActiveAlert(
                raised.fingerprint(),
                fires ? Phase.FIRING : Phase.PENDING,
                sequence,
                raised.labels(),
                raised.annotations(),
                raised.sample().value(),
                activeAtMs,
                startsAtMs,
                null,
                changes || living == null ? tickMs : living.changedAtMs());
        if (changes) {
            AlertState state = fires ? AlertState.FIRING : AlertState.PENDING;
            transitions.add(new TransitionRecord(rule, group, tickMs).raised(alert, state, raised.sample()));
        }
        return alert;
    }

    private ActiveAlert lower(
            long tickMs, ActiveAlert before, Evaluation evaluation, List<AlertTransition> transitions) {
        if (before.phase() == Phase.CLOSED) {
            return before;
        }
        if (before.phase() == Phase.FIRING && !rule.keepFiringFor().isZero()) {
            long sinceMs = before.keepFiringSinceMs() == null ? tickMs : before.keepFiringSinceMs();
            if (tickMs - sinceMs < rule.keepFiringFor().toMillis()) {
                return before.heldSince(sinceMs);
            }
        }
        ResolveReason reason = hasInput(before, evaluation) ? ResolveReason.CLEARED : ResolveReason.NO_DATA;
        return close(tickMs, before, reason, transitions);
    }

    private ActiveAlert close(
            long tickMs, ActiveAlert before, ResolveReason reason, List<AlertTransition> transitions) {
        transitions.add(new TransitionRecord(rule, group, tickMs).closed(before, reason));
        return before.closed(tickMs);
    }

    /**
     * True if a series had data that agrees with the alert on every label they share, the rule's own labels aside. Of labels
     * that the expression keeps a missing one is another one: so a series of another shard never agrees.
     */
    private boolean hasInput(ActiveAlert alert, Evaluation evaluation) {
        ShardLabels kept =
                RulePlan.of(rule.expr()).shards().without(rule.labels().keySet());
        SortedMap<String, String> identity = new TreeMap<>(alert.labels());
        identity.keySet().removeAll(rule.labels().keySet());
        SortedMap<String, String> shard = kept.key(identity);
        return evaluation.inputs().stream()
                .anyMatch(input -> agrees(identity, input) && kept.key(input).equals(shard));
    }

    private static boolean agrees(Map<String, String> identity, Map<String, String> input) {
        return identity.entrySet().stream()
                .allMatch(label ->
                        input.getOrDefault(label.getKey(), label.getValue()).equals(label.getValue()));
    }
}
