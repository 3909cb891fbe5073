package dev.weir.alerting.group;

import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.pane.StaleMarker;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;

/**
 * One value that a tick wrote: a level of a GAUGE series, or the mark that the series has ended.
 *
 * @param timestampMs see {@link #justBefore}
 * @param value may be NaN or infinite; {@link StaleMarker#VALUE} where the series has ended
 */
public record RecordedSample(Series series, long timestampMs, double value) {
    /** The time of what is written at a tick: the last millisecond before, so that this tick and all later ones see it. */
    public static long justBefore(long tickMs) {
        return tickMs - 1;
    }

    /** True if the series has ended: it was written at an earlier tick and is not any more. */
    public boolean isStale() {
        return StaleMarker.is(value);
    }

    /** The sample as a pane of its own. */
    public Pane pane() {
        Aggregate aggregate = new Aggregate(series.kind(), SketchRange.of(series.metric(), series.unit()));
        aggregate.record(timestampMs, value, null);
        return new Pane(timestampMs, aggregate);
    }
}
