package dev.weir.topology.ingest;

import dev.weir.pane.Aggregate;
import org.jspecify.annotations.Nullable;

/** What one series did in one pane since the last emission: a node of two lists. Owned by {@link Partials}. */
final class Partial {
    final IngestSeries series;
    final long paneStartMs;
    final boolean late;
    final Aggregate aggregate;

    /** The next open partial of the same series. */
    @Nullable
    Partial nextOfSeries;

    /** The next one that goes into the same pack. */
    @Nullable
    Partial nextOfPack;

    Partial(IngestSeries series, long paneStartMs, boolean late, Aggregate aggregate) {
        this.series = series;
        this.paneStartMs = paneStartMs;
        this.late = late;
        this.aggregate = aggregate;
    }
}
