package dev.weir.topology.rule;

import dev.weir.alerting.group.KeyedRule;
import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.alerting.lifecycle.Phase;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.topology.ruleset.Placement;
import dev.weir.topology.ruleset.RuleUnit;
import dev.weir.topology.shuffle.MovedState.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives away all that this partition keeps of a unit whose place has changed: panes, living alerts and recorded series each to
 * the partition of their labels. Alerts that ended have none, but numbers that must go on: they are given to every partition
 * of the unit. One thread.
 */
final class UnitMove {
    private final RuleUnit unit;
    private final Placement placement;
    private final int partitions;
    private final long changeMs;
    private final Handover handover;

    /** A move to a place that counts for the ticks behind a time. */
    UnitMove(RuleUnit unit, Placement placement, int partitions, long changeMs, Handover handover) {
        this.unit = unit;
        this.placement = placement;
        this.partitions = partitions;
        this.changeMs = changeMs;
        this.handover = handover;
    }

    void givePanes(RulePaneStore panes) {
        panes.take(
                unit.id(),
                changeMs,
                series -> partition(series.allLabels()),
                (pack, to) -> give(to, Kind.PANES, unit.id(), pack));
    }

    /** Gives alerts of its rules and of those that are gone, and what its rules recorded. */
    void giveAlerts(AlertStore alerts) {
        Set<String> own = keys(unit.group());
        alerts.removeAlerts(rule -> own.contains(rule) || RuleChange.isGone(unit.id(), rule), this::give);
        for (RuleGroup group : unit.groups()) {
            for (String rule : keys(group)) {
                String key = AlertStore.prefix(unit.id(), group.id()) + rule;
                alerts.removeRecorded(
                        key, (series, value) -> give(partition(series.allLabels()), Kind.RECORDED, key, value));
            }
        }
    }

    private static Set<String> keys(RuleGroup group) {
        return KeyedRule.of(group).stream().map(KeyedRule::key).collect(Collectors.toSet());
    }

    private void give(ActiveAlert alert, String key, byte[] value) {
        if (alert.phase() != Phase.CLOSED) {
            give(partition(alert.labels()), Kind.ALERT, key, value);
            return;
        }
        for (int to = 0; to < partitions; to++) {
            if (placement.includes(to, partitions)) {
                give(to, Kind.ALERT, key, value);
            }
        }
    }

    private int partition(Map<String, String> labels) {
        return placement.partition(labels, partitions);
    }

    private void give(int to, Kind kind, String key, byte[] value) {
        handover.give(to, changeMs, kind, key, value);
    }
}
