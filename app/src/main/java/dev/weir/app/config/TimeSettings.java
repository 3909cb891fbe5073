package dev.weir.app.config;

import java.time.Duration;

/**
 * How Weir treats event time.
 *
 * @param lateness the watermark stays this far behind the greatest event time
 * @param lateRetention an event behind the watermark, but not by more, still corrects its window
 * @param maxFuture an event ahead of the broker's clock by more is rejected
 * @param idle a partition that is read to its end and silent for so long no longer holds the watermark back
 */
public record TimeSettings(Duration lateness, Duration lateRetention, Duration maxFuture, Duration idle) {
    /** Length of a pane; it is not configurable, as it is part of what internal topics hold. */
    public static final Duration PANE = Duration.ofSeconds(10);

    static TimeSettings read(Section section) {
        Duration lateness = section.duration("lateness", Duration.ofSeconds(2), Duration.ZERO);
        Duration lateRetention = section.duration("late-retention", Duration.ofHours(24), Duration.ZERO);
        section.require(
                lateRetention.compareTo(lateness) >= 0,
                "late-retention",
                "is " + DurationText.format(lateRetention) + ", must be >= time.lateness, which is "
                        + DurationText.format(lateness));
        return new TimeSettings(
                lateness,
                lateRetention,
                section.duration("max-future", Duration.ofMinutes(1), Duration.ZERO),
                section.duration("idle", Duration.ofSeconds(15), Duration.ofSeconds(1)));
    }
}
