package dev.weir.sink;

import java.time.Duration;
import java.util.Locale;

/** The rows that stand in partitions by time, under the names that the functions of the database and the settings use. */
enum TimedRows {
    HOURLY(7),
    DAILY(62),
    WEEKLY(366),
    RAW(7),
    EVENTS(7);

    private final Duration ahead;

    TimedRows(int daysAhead) {
        ahead = Duration.ofDays(daysAhead);
    }

    /** How far ahead of now partitions are made. */
    Duration ahead() {
        return ahead;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
