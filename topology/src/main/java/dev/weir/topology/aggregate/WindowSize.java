package dev.weir.topology.aggregate;

import java.time.Duration;

/** The windows that are published, [start, end), aligned to the epoch. */
public enum WindowSize {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1));

    private final long sizeMs;

    WindowSize(Duration size) {
        sizeMs = size.toMillis();
    }

    long startOf(long timeMs) {
        return Math.floorDiv(timeMs, sizeMs) * sizeMs;
    }

    long endOf(long startMs) {
        return startMs + sizeMs;
    }
}
