package dev.weir.testing.oracle;

import java.time.Duration;
import java.util.Optional;

/** The sizes of published windows. */
enum WindowSize {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1));

    private final Duration duration;

    WindowSize(Duration duration) {
        this.duration = duration;
    }

    static Optional<WindowSize> of(Duration duration) {
        for (WindowSize size : values()) {
            if (size.duration.equals(duration)) {
                return Optional.of(size);
            }
        }
        return Optional.empty();
    }

    long millis() {
        return duration.toMillis();
    }

    long seconds() {
        return duration.toSeconds();
    }

    /** Start of the window that holds an instant. */
    long startOf(long timestampMs) {
        return Math.floorDiv(timestampMs, millis()) * millis();
    }
}
