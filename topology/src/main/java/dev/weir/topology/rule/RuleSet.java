package dev.weir.topology.rule;

import dev.weir.alerting.plan.RulePlan;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rule groups that the stream evaluates, and which series each of them reads. Immutable. */
public final class RuleSet {
    private final Map<String, RuleGroup> groups = new LinkedHashMap<>();
    private final Map<String, List<RulePlan>> plans = new LinkedHashMap<>();

    /** The groups of all files; group ids hold the file name, so they are unique. */
    public RuleSet(List<RuleFile> files) {
        for (RuleFile file : files) {
            for (RuleGroup group : file.groups()) {
                if (groups.put(group.id(), group) != null) {
                    throw new IllegalArgumentException("rule group is " + group.id() + ", must be given once");
                }
                plans.put(
                        group.id(),
                        group.rules().stream()
                                .map(rule -> RulePlan.of(rule.expr()))
                                .toList());
            }
        }
    }

    /** All groups, in the order of the files. */
    public List<RuleGroup> groups() {
        return List.copyOf(groups.values());
    }

    Optional<RuleGroup> group(String id) {
        return Optional.ofNullable(groups.get(id));
    }

    /** The ids of the groups that read this series. */
    public List<String> groupsSelecting(Series series) {
        return groups.keySet().stream()
                .filter(id -> plans.getOrDefault(id, List.of()).stream().anyMatch(plan -> plan.selects(series)))
                .toList();
    }

    /** How far behind a tick the oldest pane lies that a group reads. */
    Duration range(String id) {
        return plans.getOrDefault(id, List.of()).stream()
                .map(RulePlan::range)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
