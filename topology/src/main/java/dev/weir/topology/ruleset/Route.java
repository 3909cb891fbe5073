package dev.weir.topology.ruleset;

/** Where panes of a series go: to a unit that reads it, in the partition that evaluates the series. */
public record Route(String unit, int partition) {}
