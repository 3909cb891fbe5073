package dev.weir.topology.ruleset;

import dev.weir.series.Series;
import java.util.function.Predicate;

/**
 * The series of which rules need panes.
 *
 * @param rules id of the rule set
 * @param reads true for a series that one of its rules reads
 */
public record ReadSeries(long rules, Predicate<Series> reads) {}
