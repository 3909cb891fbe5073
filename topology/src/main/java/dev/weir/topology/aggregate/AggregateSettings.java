package dev.weir.topology.aggregate;

import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.TimeSettings;
import java.time.Duration;

/**
 * What the aggregate stage needs to know.
 *
 * @param eventsTopic topic the events came from, named in rejected ones
 * @param partitions how many partitions this stage has
 * @param time lateness, retention, idleness
 * @param pane length of a pane; divides a minute
 * @param rules the sets of rules that this process knows
 * @param metrics sketch ranges and de-duplication by metric
 */
public record AggregateSettings(
        String eventsTopic, int partitions, TimeSettings time, Duration pane, RuleBook rules, MetricCatalog metrics) {

    /** An aggregate of nothing for a series. */
    Aggregate emptyAggregate(Series series) {
        return new Aggregate(series.kind(), metrics.range(series.metric(), series.unit()));
    }
}
