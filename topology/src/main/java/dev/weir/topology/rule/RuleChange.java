package dev.weir.topology.rule;

import dev.weir.alerting.group.KeyedRule;
import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.alerting.lifecycle.AlertLifecycle;
import dev.weir.alerting.lifecycle.RuleBounds;
import dev.weir.alerting.lifecycle.Step;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What becomes of the alerts of a group when its rules change at a tick.
 *
 * <p>A rule of the same version, that is the same text, keeps its alerts wherever in the group it stands now. All others end:
 * {@code RULE_CHANGED} if the group has another rule of that name now, else {@code RULE_REMOVED}. Alerts that ended are handed
 * to the rules of their name, or kept for one to come, so that sequence numbers go on.
 */
final class RuleChange {
    /** Of the alerts whose rule is gone. */
    private static final String GONE = "#0";

    private final String group;
    private final long tickMs;
    private final AlertStore alerts;
    private final Consumer<AlertTransition> output;

    RuleChange(String group, long tickMs, AlertStore alerts, Consumer<AlertTransition> output) {
        this.group = group;
        this.tickMs = tickMs;
        this.alerts = alerts;
        this.output = output;
    }

    void apply(Optional<RuleGroup> before, Optional<RuleGroup> after) {
        List<KeyedRule> fresh = new ArrayList<>(alerting(after));
        List<KeyedRule> ended = new ArrayList<>();
        Map<String, Map<String, ActiveAlert>> kept = new HashMap<>();
        for (KeyedRule old : alerting(before)) {
            Optional<KeyedRule> same = fresh.stream()
                    .filter(one -> one.rule().version().equals(old.rule().version()))
                    .findFirst();
            if (same.isPresent()) {
                fresh.remove(same.get());
                kept.put(same.get().key(), alerts.removeAlerts(old.key()));
            } else {
                ended.add(old);
            }
        }
        Map<String, Map<String, ActiveAlert>> over = new HashMap<>();
        for (KeyedRule old : ended) {
            add(over, old.rule().name(), end(old, fresh));
        }
        kept.forEach(alerts::putAlerts);
        for (KeyedRule one : fresh) {
            String name = one.rule().name();
            add(over, name, alerts.removeAlerts(gone(name)));
        }
        fresh.forEach(
                one -> alerts.putAlerts(one.key(), over.getOrDefault(one.rule().name(), Map.of())));
        over.forEach((name, closed) -> {
            if (fresh.stream().noneMatch(one -> one.rule().name().equals(name))) {
                alerts.putAlerts(gone(name), closed);
            }
        });
    }

    private static void add(Map<String, Map<String, ActiveAlert>> over, String name, Map<String, ActiveAlert> ended) {
        Map<String, ActiveAlert> all = over.computeIfAbsent(name, absent -> new HashMap<>());
        ended.forEach((fingerprint, alert) ->
                all.merge(fingerprint, alert, (one, other) -> one.sequence() >= other.sequence() ? one : other));
    }

    private Map<String, ActiveAlert> end(KeyedRule old, List<KeyedRule> fresh) {
        boolean changed = fresh.stream()
                .anyMatch(one -> one.rule().name().equals(old.rule().name()));
        ResolveReason reason = changed ? ResolveReason.RULE_CHANGED : ResolveReason.RULE_REMOVED;
        AlertLifecycle lifecycle = new AlertLifecycle((Rule.Alerting) old.rule(), group, RuleBounds.DEFAULTS);
        Step step = lifecycle.end(tickMs, reason, alerts.removeAlerts(old.key()));
        step.transitions().forEach(output);
        return step.alerts();
    }

    /** True for the key of a rule of the group that is gone. */
    static boolean isGone(String group, String rule) {
        return rule.startsWith(group + "/") && rule.endsWith(GONE);
    }

    private String gone(String name) {
        return group + "/" + name + GONE;
    }

    private static List<KeyedRule> alerting(Optional<RuleGroup> group) {
        return group.map(KeyedRule::of).orElse(List.of()).stream()
                .filter(keyed -> keyed.rule() instanceof Rule.Alerting)
                .toList();
    }
}
