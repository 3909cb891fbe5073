package dev.weir.topology.ingest;

import dev.weir.pane.Aggregate;
import org.jspecify.annotations.Nullable;

/** What one series did in one pane since the last emission: a node of two lists. Owned by {@link Partials}. */
final class Partial {
    final IngestSeries series;
    final Aggregate aggregate;
    final long startMs;
    final boolean windowsOnly;

    /** The next open partial of the same series. */
    @Nullable
    Partial nextOfSeries;

    /** The next one that goes into the same pack. */
    @Nullable
    Partial nextOfPack;

    Partial(IngestSeries series, long startMs, boolean windowsOnly) {
        this.series = series;
        this.aggregate = series.newAggregate();
        this.startMs = startMs;
        this.windowsOnly = windowsOnly;
    }
}
