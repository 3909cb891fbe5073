package dev.weir.topology.rule;

import dev.weir.topology.time.TimeSettings;
import java.time.InstantSource;

/**
 * What the rule stage needs to know.
 *
 * @param rules the groups to evaluate
 * @param partitions how many partitions this stage has
 * @param time lateness and idleness
 * @param wallClock the wall clock
 */
public record RuleSettings(RuleSet rules, int partitions, TimeSettings time, InstantSource wallClock) {}
