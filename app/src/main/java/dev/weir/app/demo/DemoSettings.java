package dev.weir.app.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is told to do.
 *
 * @param headless end after the check; else stay up until Ctrl-C
 * @param live how long the live traffic lasts
 * @param seed equal seeds give equal traffic, but for the time at which it happens
 * @param portBase first of four ports in a row
 * @param data where the data goes; null: a new temporary directory that is deleted at the end
 */
public record DemoSettings(
        boolean headless,
        Duration live,
        long seed,
        int portBase,
        @Nullable Path data) {
    /** Time for the incident to begin, to be noticed, to end and to be noticed again. */
    public static final Duration SHORTEST_LIVE = Duration.ofSeconds(80);

    public DemoSettings {
        if (live.compareTo(SHORTEST_LIVE) < 0) {
            throw new IllegalArgumentException("duration is " + live.toSeconds() + "s, must be >= "
                    + SHORTEST_LIVE.toSeconds() + "s for the incident to fire and resolve (--duration)");
        }
    }
}
