package dev.weir.alerting.group;

import dev.weir.alerting.eval.EvaluationTime;
import dev.weir.alerting.eval.Staleness;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;

/**
 * One value that a tick wrote: a level of a GAUGE series, or the mark that the series has ended.
 *
 * @param timestampMs {@link EvaluationTime#lastMs()} of the tick, so that the tick itself and all later ones see it
 * @param value may be NaN or infinite; {@link Staleness#MARKER} where the series has ended
 */
public record RecordedSample(Series series, long timestampMs, double value) {
    /** True if the series has ended: it was written at an earlier tick and is not any more. */
    public boolean isStale() {
        return Staleness.isMarker(value);
    }

    Point point() {
        return new Point(timestampMs, value);
    }

    /** The sample as a pane of its own. */
    public Pane pane() {
        Aggregate aggregate = new Aggregate(series.kind(), SketchRange.of(series.metric(), series.unit()));
        aggregate.record(timestampMs, value, null);
        return new Pane(timestampMs, aggregate);
    }
}
