package dev.weir.topology.time;

import java.time.Duration;

/**
 * How the stream treats time.
 *
 * @param lateness how far behind the greatest event time of a partition its watermark stays
 * @param lateRetention how far behind the watermark an event may be and still correct its windows
 * @param maxFuture how far ahead of the broker's time an event may be
 * @param idle how long a partition that is read to its end must be silent to count as idle
 * @param openHourInterval how often, on the wall clock, an hour that is not over is published; zero if never
 */
public record TimeSettings(
        Duration lateness, Duration lateRetention, Duration maxFuture, Duration idle, Duration openHourInterval) {
    public static final TimeSettings DEFAULTS = new TimeSettings(
            Duration.ofSeconds(2),
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofSeconds(15),
            Duration.ofMinutes(5));

    public TimeSettings {
        requireNotNegative(lateness, "time.lateness");
        requireNotNegative(lateRetention, "time.late-retention");
        requireNotNegative(maxFuture, "time.max-future");
        requireNotNegative(openHourInterval, "time.open-hour-interval");
        if (idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("idle is " + idle + ", must be > 0 (time.idle)");
        }
    }

    private static void requireNotNegative(Duration value, String name) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    name.substring(name.indexOf('.') + 1) + " is " + value + ", must be >= 0 (" + name + ")");
        }
    }
}
