package dev.weir.topology.aggregate;

import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What the aggregate stage needs to know.
 *
 * @param eventsTopic topic the events came from, named in rejected ones
 * @param partitions how many partitions this stage has
 * @param time lateness, retention, idleness
 * @param pane length of a pane; divides a minute
 * @param ruleGroups the rule groups that select a series
 * @param emptyAggregate an aggregate of nothing for a series
 */
public record AggregateSettings(
        String eventsTopic,
        int partitions,
        TimeSettings time,
        Duration pane,
        Function<Series, List<String>> ruleGroups,
        Function<Series, Aggregate> emptyAggregate) {}
