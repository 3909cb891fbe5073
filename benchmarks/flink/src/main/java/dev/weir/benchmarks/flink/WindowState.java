package dev.weir.benchmarks.flink;

import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import org.jspecify.annotations.Nullable;

/** What a window of a series has seen. Empty until the first sample says which series it is. Changes; one thread. */
final class WindowState {
    private @Nullable Aggregate aggregate;

    WindowState(@Nullable Aggregate aggregate) {
        this.aggregate = aggregate;
    }

    void add(Sample sample) {
        Aggregate own = aggregate;
        if (own == null) {
            Series series = sample.series().series();
            own = new Aggregate(series.kind(), SketchRange.of(series.metric(), series.unit()));
            aggregate = own;
        }
        own.record(sample.timestampMs(), sample.value(), sample.outcome());
    }

    @Nullable
    Aggregate aggregate() {
        return aggregate;
    }
}
