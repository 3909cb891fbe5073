package dev.weir.topology.ruleset;

import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the recording rules of other groups that a group reads, directly or through others. */
final class Dependencies {
    private record Recording(RuleGroup group, Rule rule) {}

    private final Map<String, List<Recording>> byName = new LinkedHashMap<>();

    Dependencies(Collection<RuleGroup> groups) {
        for (RuleGroup group : groups) {
            for (Rule rule : group.rules()) {
                if (rule instanceof Rule.Recording) {
                    byName.computeIfAbsent(rule.name(), absent -> new ArrayList<>())
                            .add(new Recording(group, rule));
                }
            }
        }
    }

    RuleUnit unit(RuleGroup group) {
        Map<RuleGroup, Set<Rule>> needed = new LinkedHashMap<>();
        group.rules().forEach(rule -> collect(rule, group, needed));
        Set<RuleGroup> ordered = new LinkedHashSet<>();
        Set<RuleGroup> visited = new HashSet<>(Set.of(group));
        needed.keySet().forEach(other -> order(other, needed, visited, ordered));
        List<RuleGroup> before = ordered.stream()
                .map(other -> new RuleGroup(
                        other.id(),
                        other.name(),
                        other.interval(),
                        other.limit(),
                        other.rules().stream()
                                .filter(needed.getOrDefault(other, Set.of())::contains)
                                .toList()))
                .toList();
        return new RuleUnit(group, before);
    }

    private void collect(Rule rule, RuleGroup own, Map<RuleGroup, Set<Rule>> needed) {
        for (Recording read : readBy(rule)) {
            if (!read.group().equals(own)
                    && needed.computeIfAbsent(read.group(), absent -> new HashSet<>())
                            .add(read.rule())) {
                collect(read.rule(), own, needed);
            }
        }
    }

    /** Puts a group behind those that its needed rules read; in a circle, behind those that were not visited before. */
    private void order(RuleGroup group, Map<RuleGroup, Set<Rule>> needed, Set<RuleGroup> visited, Set<RuleGroup> out) {
        if (visited.add(group)) {
            for (Rule rule : group.rules()) {
                if (needed.getOrDefault(group, Set.of()).contains(rule)) {
                    readBy(rule).forEach(read -> order(read.group(), needed, visited, out));
                }
            }
            out.add(group);
        }
    }

    private List<Recording> readBy(Rule rule) {
        return RuleUnit.selections(rule)
                .flatMap(selection -> named(selection.metric()))
                .toList();
    }

    private Stream<Recording> named(String name) {
        return name.isEmpty()
                ? byName.values().stream().flatMap(List::stream)
                : byName.getOrDefault(name, List.of()).stream();
    }
}
