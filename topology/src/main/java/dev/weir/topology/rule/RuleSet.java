package dev.weir.topology.rule;

import dev.weir.alerting.plan.RulePlan;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rule groups that the stream evaluates, and which series each of them reads. Immutable. */
public final class RuleSet {
    private final Map<String, RuleGroup> groups = new LinkedHashMap<>();
    private final Map<String, List<RulePlan>> plans = new LinkedHashMap<>();
    private final Map<String, List<Reading>> byName = new HashMap<>();

    private record Reading(String group, Selection selection) {}

    /** The groups of all files; group ids hold the file name, so they are unique. */
    public RuleSet(List<RuleFile> files) {
        for (RuleFile file : files) {
            for (RuleGroup group : file.groups()) {
                if (groups.put(group.id(), group) != null) {
                    throw new IllegalArgumentException("rule group is " + group.id() + ", must be given once");
                }
                List<RulePlan> groupPlans = group.rules().stream()
                        .map(rule -> RulePlan.of(rule.expr()))
                        .toList();
                plans.put(group.id(), groupPlans);
                groupPlans.stream()
                        .flatMap(plan -> plan.selections().stream())
                        .forEach(selection -> byName.computeIfAbsent(selection.metric(), absent -> new ArrayList<>())
                                .add(new Reading(group.id(), selection)));
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

    /** The ids of the groups that read this series. Asked once for each series that becomes active. */
    public List<String> groupsSelecting(Series series) {
        Set<String> reading = new LinkedHashSet<>();
        // Under the empty name stand those that match the name of a metric.
        for (String name :
                Stream.concat(Stream.of(""), Selection.names(series).stream()).toList()) {
            for (Reading one : byName.getOrDefault(name, List.of())) {
                if (one.selection().selects(series)) {
                    reading.add(one.group());
                }
            }
        }
        return List.copyOf(reading);
    }

    /** How far behind a tick the oldest pane lies that a group reads. */
    Duration range(String id) {
        return plans.getOrDefault(id, List.of()).stream()
                .map(RulePlan::range)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
