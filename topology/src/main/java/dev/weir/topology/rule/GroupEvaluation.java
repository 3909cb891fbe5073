package dev.weir.topology.rule;

import dev.weir.alerting.eval.EvaluationTime;
import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerting.group.GroupEvaluator;
import dev.weir.alerting.group.GroupState;
import dev.weir.alerting.group.GroupTick;
import dev.weir.alerting.group.RecordedSample;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerts.AlertTransition;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.RuleUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The evaluation of one rule group, tick after tick, and at the same ticks of the recording rules of other groups that it reads.
 *
 * <p>The first tick is the first whole interval after the group's earliest pane, or after the first watermark if there is
 * none: a rule may ask for what is absent. A rule that cannot be evaluated over the series that are there leaves its alerts
 * as they are and is counted; the others go on. A group of which a pane was refused is not evaluated while that pane is in
 * its range: its alerts stay as they are. One thread.
 */
final class GroupEvaluation {
    /** Takes what a tick brings. */
    interface Output {
        void transition(AlertTransition transition);

        /** A value that the group recorded; not the end of a series. */
        void recorded(RecordedSample sample, RuleGroup group, long tickMs);
    }

    private record Member(RuleGroup group, GroupEvaluator evaluator, GroupState state) {
        long intervalMs() {
            return group.interval().toMillis();
        }
    }

    private final String unit;
    private final List<Member> members = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final long rangeMs;
    private final long settleMs;
    private final PanesKept kept;
    private final boolean readsAlerts;
    private final boolean divided;
    private final RulePaneStore panes;
    private final AlertStore alerts;
    private final KeyValueStore<String, Long> ticks;
    private final RuleMetrics metrics;
    /** The last tick that had something to read. */
    private long lastReadMs = Long.MIN_VALUE;

    GroupEvaluation(
            RuleUnit unit,
            EvaluatorSettings settings,
            RulePaneStore panes,
            AlertStore alerts,
            KeyValueStore<String, Long> ticks,
            RuleMetrics metrics) {
        this.unit = unit.id();
        this.rangeMs = unit.range().toMillis();
        this.settleMs = settleMs(unit);
        this.kept = new PanesKept(unit);
        this.readsAlerts = unit.readsAlerts();
        this.divided = unit.placement().isDivided();
        this.panes = panes;
        this.alerts = alerts;
        this.ticks = ticks;
        this.metrics = metrics;
        for (RuleGroup group : unit.groups()) {
            GroupEvaluator evaluator = new GroupEvaluator(group, settings);
            members.add(new Member(group, evaluator, alerts.of(unit.id(), group.id())));
            String prefix = AlertStore.prefix(unit.id(), group.id());
            evaluator.rules().forEach(rule -> keys.add(prefix + rule.key()));
        }
    }

    /** How long after the last pane alerts may still change: holds, and what was recorded of it, read in turn. */
    private static long settleMs(RuleUnit unit) {
        long holdMs = 0;
        long recordings =
                unit.before().stream().mapToLong(one -> one.rules().size()).sum();
        for (Rule rule : unit.group().rules()) {
            if (rule instanceof Rule.Alerting alerting) {
                holdMs = Math.max(
                        holdMs,
                        alerting.holdFor().plus(alerting.keepFiringFor()).toMillis());
            } else {
                recordings++;
            }
        }
        return holdMs
                + unit.group().interval().toMillis()
                + recordings * unit.range().toMillis();
    }

    /**
     * Evaluates the ticks up to a time, at most {@code mostTicks} of them.
     *
     * <p>Ticks of a long silence are skipped once every alert has settled: with nothing to read they would change nothing. In
     * a partition that has nothing of a divided group there are none.
     *
     * @return true if none is left
     */
    boolean advance(long untilMs, int mostTicks, Output output) {
        OptionalLong firstMs = panes.earliestReceived(unit);
        boolean idle = divided && !isAtWork();
        if (idle && firstMs.isEmpty()) {
            return true;
        }
        long startMs = lastTick(untilMs);
        long tickMs = idle ? Math.max(startMs, aligned(Math.min(firstMs.getAsLong(), untilMs))) : startMs;
        int left = mostTicks;
        for (; left > 0 && nextTick(tickMs) <= untilMs; left--) {
            long dataMs = panes.earliestReceived(unit).orElse(Long.MAX_VALUE);
            if (dataMs < nextTick(tickMs)) {
                lastReadMs = nextTick(tickMs);
            } else if (tickMs - Math.max(lastReadMs, startMs) > settleMs) {
                tickMs = Math.max(tickMs, aligned(Math.min(dataMs, untilMs - ownIntervalMs())));
            }
            tickMs = nextTick(tickMs);
            evaluate(tickMs, output);
            panes.age(unit, tickMs, kept);
        }
        if (tickMs > startMs || ticks.get(unit) == null) {
            ticks.put(unit, tickMs);
        }
        return nextTick(tickMs) > untilMs;
    }

    /** True if what earlier ticks left behind may change without anything to read. */
    private boolean isAtWork() {
        return panes.hasRecorded(unit) || keys.stream().anyMatch(alerts::isAtWork);
    }

    /** The keys under which {@link AlertStore} knows its rules. */
    Set<String> keys() {
        return keys;
    }

    private void evaluate(long tickMs, Output output) {
        Map<Series, Double> written = new HashMap<>();
        boolean complete = !panes.refusedSince(unit, tickMs - rangeMs);
        for (Member member : members) {
            if (tickMs % member.intervalMs() == 0) {
                if (complete) {
                    GroupTick tick = member.evaluator()
                            .evaluate(EvaluationTime.tick(tickMs), panes.of(unit), member.state(), written);
                    keep(tickMs, tick);
                    if (member.group().id().equals(unit)) {
                        tick.transitions().forEach(output::transition);
                        tick.recorded().stream()
                                .filter(sample -> !sample.isStale())
                                .forEach(sample -> output.recorded(sample, member.group(), tickMs));
                        tick.failures().forEach(failure -> metrics.failed(failure, tickMs));
                    }
                } else {
                    metrics.incomplete(unit, tickMs);
                }
            }
        }
    }

    private void keep(long tickMs, GroupTick tick) {
        panes.record(unit, tickMs, tick.recorded());
        if (readsAlerts) {
            panes.record(unit, tickMs, tick.alertSeries());
        }
    }

    private long lastTick(long watermarkMs) {
        Long stored = ticks.get(unit);
        if (stored != null) {
            return stored;
        }
        return aligned(Math.min(watermarkMs, panes.earliestReceived(unit).orElse(watermarkMs)));
    }

    private long nextTick(long tickMs) {
        long next = Long.MAX_VALUE;
        for (Member member : members) {
            next = Math.min(
                    next, Math.floorDiv(tickMs, member.intervalMs()) * member.intervalMs() + member.intervalMs());
        }
        return next;
    }

    private long ownIntervalMs() {
        return members.get(members.size() - 1).intervalMs();
    }

    private long aligned(long timeMs) {
        return Math.floorDiv(timeMs, ownIntervalMs()) * ownIntervalMs();
    }
}
