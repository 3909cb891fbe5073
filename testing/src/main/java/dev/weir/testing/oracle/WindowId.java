package dev.weir.testing.oracle;

import dev.weir.aggregates.WindowAggregate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One window {@code [start, end)} of one series. */
record WindowId(SeriesId series, WindowSize size, long startMs) {

    /** The window of a published aggregate, unless its bounds are none of the published sizes or not aligned. */
    static Optional<WindowId> of(WindowAggregate aggregate) {
        SeriesId series = SeriesId.of(aggregate.getMetric(), aggregate.getService(), aggregate.getLabels());
        long startMs = aggregate.getWindowStart().toEpochMilli();
        return WindowSize.of(Duration.between(aggregate.getWindowStart(), aggregate.getWindowEnd()))
                .filter(size -> size.startOf(startMs) == startMs)
                .map(size -> new WindowId(series, size, startMs));
    }

    long endMs() {
        return startMs + size.millis();
    }

    @Override
    public String toString() {
        return series + " [" + Instant.ofEpochMilli(startMs) + ", " + Instant.ofEpochMilli(endMs()) + ")";
    }
}
