package dev.weir.alerting.group;

import dev.weir.alerting.plan.Operand;
import dev.weir.alerting.plan.RulePlan;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.plan.ShardLabels;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The plans of the rules of a group, and the labels by which the whole group can be sharded.
 *
 * <p>A recording rule feeds those behind it within a shard: the series that it records have the labels of the shard they
 * were made in.
 *
 * @param rules one for each rule, in order
 * @param shards what all rules allow
 * @param recorded names that the group records itself
 */
public record GroupPlan(List<RulePlan> rules, ShardLabels shards, Set<String> recorded) {
    public GroupPlan {
        rules = List.copyOf(rules);
        recorded = Set.copyOf(recorded);
    }

    public static GroupPlan of(RuleGroup group) {
        List<RulePlan> rules = group.rules().stream().map(GroupPlan::plan).toList();
        // What a rule comes to in all must be counted in one place.
        ShardLabels shards = group.limit() > 0
                ? ShardLabels.NONE
                : rules.stream().map(RulePlan::shards).reduce(ShardLabels.ALL, ShardLabels::and);
        Set<String> recorded = group.rules().stream()
                .filter(Rule.Recording.class::isInstance)
                .map(Rule::name)
                .collect(Collectors.toUnmodifiableSet());
        return new GroupPlan(rules, shards, recorded);
    }

    /** The plan of a rule: with what its templates query, and without the labels that it sets. */
    private static RulePlan plan(Rule rule) {
        List<Operand> operands = rule.expressions().stream()
                .flatMap(expr -> RulePlan.of(expr).operands().stream())
                .distinct()
                .toList();
        return new RulePlan(operands, RulePlan.of(rule.expr()).shards().and(kept(rule)));
    }

    /** The labels that still tell shards apart once the rule has set its own; a template that queries needs everything. */
    private static ShardLabels kept(Rule rule) {
        if (rule.expressions().size() > 1) {
            return ShardLabels.NONE;
        }
        Set<String> set = rule instanceof Rule.Alerting alerting
                ? alerting.labels().keySet()
                : ((Rule.Recording) rule).labels().keySet();
        return ShardLabels.ALL.without(set);
    }

    /** Everything that its rules read, each selection once. */
    public List<Selection> selections() {
        return rules.stream()
                .flatMap(rule -> rule.selections().stream())
                .distinct()
                .toList();
    }

    /** True if a rule of the group reads panes of this series. */
    public boolean selects(Series series) {
        return rules.stream().anyMatch(rule -> rule.selects(series));
    }

    /** How long before a tick the oldest pane begins that a rule of the group reads. */
    public Duration range() {
        return rules.stream().map(RulePlan::range).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
