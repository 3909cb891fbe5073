package dev.weir.topology.aggregate;

import dev.weir.topology.time.Watermark;
import java.time.Duration;

/**
 * Publishes the hour that is not over from time to time, so that a reader of hours need not wait for its end. One thread.
 *
 * <p>Its revision is negative, the minutes in it less 60: the hour that is over, revision 0, replaces it. What is published
 * depends on the wall clock, so no result may be made from it.
 */
final class OpenHour {
    private static final int MOST_SERIES_A_CALL = 10_000;
    private static final long MINUTES = 60;

    private final long intervalMs;
    private final OpenSlices hours;
    private final Panes.Publisher publisher;
    private long nextWallMs;
    private long publishedMs;
    private long revision;
    private int next = Integer.MAX_VALUE;

    /**
     * @param interval zero if nothing is to be published
     * @param closedMs end of the last closed minute: an hour as it was then may have been published before a restart
     */
    OpenHour(Duration interval, OpenSlices hours, Panes.Publisher publisher, long closedMs) {
        this.intervalMs = interval.toMillis();
        this.hours = hours;
        this.publisher = publisher;
        this.publishedMs = closedMs;
    }

    /** Goes on with the series of the hour in which the last closed minute is; begins again once an interval. */
    void publish(long wallMs, long closedMs) {
        if (next == Integer.MAX_VALUE) {
            begin(wallMs, closedMs);
        }
        if (next != Integer.MAX_VALUE) {
            long startMs = WindowSize.HOUR.startOf(publishedMs - 1);
            next = hours.show(
                    startMs,
                    next,
                    MOST_SERIES_A_CALL,
                    (series, aggregate) -> publisher.publish(WindowSize.HOUR, startMs, series, aggregate, revision));
        }
    }

    private void begin(long wallMs, long closedMs) {
        if (intervalMs == 0 || wallMs < nextWallMs || closedMs == Watermark.UNKNOWN) {
            return;
        }
        long minuteMs = WindowSize.MINUTE.startOf(closedMs);
        if (minuteMs <= publishedMs) {
            return;
        }
        nextWallMs = wallMs + intervalMs;
        publishedMs = minuteMs;
        long startMs = WindowSize.HOUR.startOf(minuteMs - 1);
        revision = (minuteMs - startMs) / WindowSize.MINUTE.endOf(0) - MINUTES;
        next = revision < 0 ? 0 : Integer.MAX_VALUE;
    }
}
