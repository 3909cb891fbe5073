package dev.weir.topology.rule;

import dev.weir.topology.time.TimeSettings;

/**
 * What the rule stage needs to know.
 *
 * @param rules the groups to evaluate
 * @param partitions how many partitions this stage has
 * @param time lateness and idleness
 */
public record RuleSettings(RuleSet rules, int partitions, TimeSettings time) {}
