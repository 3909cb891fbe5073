package dev.weir.topology.rule;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;

/**
 * What the rule stage needs to know.
 *
 * @param rules the sets of rules that this process knows
 * @param partitions how many partitions this stage has
 * @param pane length of a pane
 * @param time lateness and idleness
 * @param alertsKept how long the alerts topic keeps transitions, by the wall clock
 * @param evaluator how rules are evaluated, and how much they may come to
 */
public record RuleSettings(
        RuleBook rules,
        int partitions,
        Duration pane,
        TimeSettings time,
        Duration alertsKept,
        EvaluatorSettings evaluator) {}
