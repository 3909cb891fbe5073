package dev.weir.topology.rule;

import dev.weir.alerting.eval.Evaluation;
import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.Evaluator;
import dev.weir.alerting.lifecycle.AlertLifecycle;
import dev.weir.alerting.lifecycle.Step;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerting.template.TemplateContext;
import dev.weir.alerts.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evaluation of one rule group, tick after tick.
 *
 * <p>The first tick is the first whole interval after the group's earliest pane, or after the first watermark if there is
 * none: a rule may ask for what is absent. A rule that cannot be evaluated over the
 * series that are there leaves its alerts as they are and is counted; the others go on. One thread.
 */
final class GroupEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(GroupEvaluation.class);

    private record AlertRule(String key, Rule.Alerting rule, AlertLifecycle lifecycle) {}

    private final String group;
    private final long intervalMs;
    private final long rangeMs;
    private final List<AlertRule> rules = new ArrayList<>();
    private final RulePaneStore panes;
    private final AlertStore alerts;
    private final KeyValueStore<String, Long> ticks;
    private final Sensor failures;
    private final Map<String, String> lastFailure = new HashMap<>();
    private final long settleMs;
    /** The last tick that had something to read. */
    private long lastReadMs = Long.MIN_VALUE;

    GroupEvaluation(
            RuleGroup group,
            Duration range,
            RulePaneStore panes,
            AlertStore alerts,
            KeyValueStore<String, Long> ticks,
            Sensor failures) {
        this.group = group.id();
        this.intervalMs = group.interval().toMillis();
        this.rangeMs = range.toMillis();
        this.panes = panes;
        this.alerts = alerts;
        this.ticks = ticks;
        this.failures = failures;
        long longestHoldMs = 0;
        Map<String, Integer> sameName = new HashMap<>();
        for (Rule rule : group.rules()) {
            if (rule instanceof Rule.Alerting alerting) {
                int occurrence = sameName.merge(rule.name(), 1, Integer::sum);
                String key = group.id() + "/" + rule.name() + "#" + occurrence;
                rules.add(new AlertRule(key, alerting, new AlertLifecycle(alerting, group.id())));
                longestHoldMs = Math.max(
                        longestHoldMs,
                        alerting.holdFor().plus(alerting.keepFiringFor()).toMillis());
            }
        }
        settleMs = longestHoldMs + intervalMs;
    }

    /**
     * Evaluates the ticks that the watermark has passed, at most {@code mostTicks} of them.
     *
     * <p>Ticks of a long silence are skipped once every alert has settled: with nothing to read they would change nothing.
     */
    void advance(long watermarkMs, int mostTicks, Consumer<AlertTransition> transitions) {
        long startMs = lastTick(watermarkMs);
        long tickMs = startMs;
        for (int left = mostTicks; left > 0 && tickMs + intervalMs <= watermarkMs; left--) {
            long dataMs = panes.of(group).earliest().orElse(Long.MAX_VALUE);
            if (dataMs < tickMs + intervalMs) {
                lastReadMs = tickMs + intervalMs;
            } else if (tickMs - Math.max(lastReadMs, startMs) > settleMs) {
                tickMs = Math.max(tickMs, aligned(Math.min(dataMs, watermarkMs - intervalMs)));
            }
            tickMs += intervalMs;
            for (AlertRule rule : rules) {
                evaluate(rule, tickMs, transitions);
            }
            panes.removeBefore(group, tickMs + intervalMs - rangeMs);
        }
        if (tickMs > startMs || ticks.get(group) == null) {
            ticks.put(group, tickMs);
        }
    }

    private void evaluate(AlertRule rule, long tickMs, Consumer<AlertTransition> transitions) {
        try {
            Evaluation evaluation = Evaluator.evaluate(rule.rule().expr(), tickMs, panes.of(group));
            Step step = rule.lifecycle().step(tickMs, evaluation, alerts.get(rule.key()), TemplateContext.NONE);
            alerts.put(rule.key(), step.alerts());
            step.transitions().forEach(transitions);
        } catch (EvaluationException e) {
            failures.record();
            String message = String.valueOf(e.getMessage());
            if (!message.equals(lastFailure.put(rule.key(), message))) {
                LOG.warn("rule {} cannot be evaluated at {}: {}", rule.key(), Instant.ofEpochMilli(tickMs), message);
            }
        }
    }

    private long lastTick(long watermarkMs) {
        Long stored = ticks.get(group);
        if (stored != null) {
            return stored;
        }
        long firstMs = Math.min(watermarkMs, panes.of(group).earliest().orElse(watermarkMs));
        return aligned(firstMs);
    }

    private long aligned(long timeMs) {
        return Math.floorDiv(timeMs, intervalMs) * intervalMs;
    }
}
