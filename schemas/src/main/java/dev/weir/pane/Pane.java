package dev.weir.pane;

/**
 * The aggregate of one series over one short slice of event time that begins at {@code startMs}.
 *
 * @param startMs first instant of the slice, ms since the epoch
 * @param aggregate what happened in it
 */
public record Pane(long startMs, Aggregate aggregate) {}
