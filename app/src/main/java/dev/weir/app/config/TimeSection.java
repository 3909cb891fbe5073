package dev.weir.app.config;

import dev.weir.topology.time.TimeSettings;
import java.time.Duration;

/** Reads the section {@code time}. */
final class TimeSection {
    private static final TimeSettings DEFAULTS = TimeSettings.DEFAULTS;

    private TimeSection() {}

    static TimeSettings read(Section section) {
        Duration lateness = section.duration("lateness", DEFAULTS.lateness(), Duration.ZERO);
        Duration lateRetention = section.duration("late-retention", DEFAULTS.lateRetention(), Duration.ZERO);
        section.require(
                lateRetention.compareTo(lateness) >= 0,
                "late-retention",
                "is " + DurationText.format(lateRetention) + ", must be >= time.lateness, which is "
                        + DurationText.format(lateness));
        return new TimeSettings(
                lateness,
                lateRetention,
                section.duration("max-future", DEFAULTS.maxFuture(), Duration.ZERO),
                section.duration("idle", DEFAULTS.idle(), Duration.ofSeconds(1)),
                section.duration("open-hour-interval", DEFAULTS.openHourInterval(), Duration.ZERO));
    }
}
