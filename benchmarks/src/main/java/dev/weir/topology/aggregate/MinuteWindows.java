package dev.weir.topology.aggregate;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;

/** The record that Weir publishes for a window of one minute, for the loops that Weir is compared with. */
public final class MinuteWindows {
    private MinuteWindows() {}

    public static WindowAggregate record(Series series, long startMs, Aggregate window) {
        return WindowRecord.of(WindowSize.MINUTE, startMs, series, window, 0);
    }
}
