package dev.weir.alerting.plan;

import java.time.Duration;

/** How long the panes are that a range is read in; its edges move in steps of one. */
public enum PaneStep {
    /** As the stream cuts time. */
    PANE(Duration.ofSeconds(10)),
    /** Ranges over 2 hours: 30 days in panes of 10 s would be 259,200 a series. */
    MINUTE(Duration.ofMinutes(1)),
    /** Ranges over 2 days. */
    HOUR(Duration.ofHours(1));

    private static final Duration LONGEST_IN_PANES = Duration.ofHours(2);
    private static final Duration LONGEST_IN_MINUTES = Duration.ofDays(2);

    private final Duration length;

    PaneStep(Duration length) {
        this.length = length;
    }

    public static PaneStep of(Duration range) {
        if (range.compareTo(LONGEST_IN_PANES) <= 0) {
            return PANE;
        }
        return range.compareTo(LONGEST_IN_MINUTES) <= 0 ? MINUTE : HOUR;
    }

    public Duration length() {
        return length;
    }

    /** The number of panes that hold this much time, the last one begun. */
    public long panes(Duration time) {
        return (time.toMillis() + length.toMillis() - 1) / length.toMillis();
    }
}
