package dev.weir.topology.ruleset;

import dev.weir.alerting.group.GroupPlan;
import dev.weir.alerting.plan.PaneStep;
import dev.weir.alerting.plan.RulePlan;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.ShardLabels;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule group with all that its evaluation takes: what the rule stage evaluates on its own, in the partitions of its {@link
 * #placement}.
 *
 * <p>A rule may read what rules of other groups record. Those rules are evaluated here too, once more, before the group and at
 * ticks of their own group; only that group's own unit publishes what they record. So no unit waits for another, and the result
 * is a function of the input.
 *
 * @param before the recording rules of other groups that it needs, groups that others of them read first; where groups read
 *     each other in a circle, one reads what the other recorded at the tick before
 */
public record RuleUnit(RuleGroup group, List<RuleGroup> before) {
    private static final Set<String> ALERT_SERIES = Set.of("ALERTS", "ALERTS_FOR_STATE");

    public RuleUnit {
        before = List.copyOf(before);
    }

    public String id() {
        return group.id();
    }

    /** The groups whose rules it evaluates, in their order; its own is the last. */
    public List<RuleGroup> groups() {
        return Stream.concat(before.stream(), Stream.of(group)).toList();
    }

    /** Where it is evaluated: divided by labels that all its rules keep. */
    public Placement placement() {
        ShardLabels shards =
                groups().stream().map(group -> GroupPlan.of(group).shards()).reduce(ShardLabels.ALL, ShardLabels::and);
        return new Placement(id(), shards);
    }

    /** True if it reads the series that alerts themselves are, {@code ALERTS} and {@code ALERTS_FOR_STATE}: those of the group only. */
    public boolean readsAlerts() {
        return selections().stream().anyMatch(selection -> ALERT_SERIES.contains(selection.metric()));
    }

    /** All that its rules read. */
    List<Selection> selections() {
        return rules().flatMap(RuleUnit::selections).distinct().toList();
    }

    /** All that a rule reads, also for its templates. */
    static Stream<Selection> selections(Rule rule) {
        return rule.expressions().stream().flatMap(expr -> RulePlan.of(expr).selections().stream());
    }

    /** How far behind a tick the oldest pane lies that it reads. */
    public Duration range() {
        return range(PaneStep.HOUR);
    }

    /** How far behind a tick the oldest pane lies that is read by ranges in steps of so much or less. */
    public Duration range(PaneStep longest) {
        return longest(selections().stream()
                .filter(selection -> PaneStep.of(selection.range()).compareTo(longest) <= 0));
    }

    /** How far behind a tick the oldest pane of a series lies that it reads. */
    public Duration range(Series series) {
        return longest(selections().stream().filter(selection -> selection.selects(series)));
    }

    private static Duration longest(Stream<Selection> selections) {
        return selections.map(Selection::reach).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private Stream<Rule> rules() {
        return groups().stream().flatMap(one -> one.rules().stream());
    }
}
