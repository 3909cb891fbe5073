package dev.weir.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long rows are kept, in whole days; weekly rows are kept for ever.
 *
 * @param raw {@code monitoring.pipeline_metrics}
 * @param hourly hourly rows of {@code monitoring.aggregated_metrics}
 * @param daily daily rows of it; at least as long as hourly, as a week is computed again from its days
 * @param events {@code public.monitoring_events}
 */
public record Retention(Duration raw, Duration hourly, Duration daily, Duration events) {
    /** Raw 14 days, hourly 90, daily 365, events 30. */
    public static final Retention DEFAULT =
            new Retention(Duration.ofDays(14), Duration.ofDays(90), Duration.ofDays(365), Duration.ofDays(30));

    /**
     * Takes the lengths if they can be.
     *
     * @throws IllegalArgumentException naming every faulty setting, one a line
     */
    public Retention {
        List<String> faults = new ArrayList<>();
        requireDays(faults, TimedRows.RAW, raw);
        requireDays(faults, TimedRows.HOURLY, hourly);
        requireDays(faults, TimedRows.DAILY, daily);
        requireDays(faults, TimedRows.EVENTS, events);
        if (faults.isEmpty() && daily.compareTo(hourly) < 0) {
            faults.add(setting(TimedRows.DAILY) + " is " + text(daily) + ", must be >= " + setting(TimedRows.HOURLY)
                    + " " + text(hourly));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** Empty for what is kept for ever. */
    Optional<Duration> of(TimedRows rows) {
        return switch (rows) {
            case RAW -> Optional.of(raw);
            case HOURLY -> Optional.of(hourly);
            case DAILY -> Optional.of(daily);
            case EVENTS -> Optional.of(events);
            case WEEKLY -> Optional.empty();
        };
    }

    static String setting(TimedRows rows) {
        return "store.retention." + rows.text();
    }

    static String text(Duration days) {
        return days.toDays() + "d";
    }

    private static void requireDays(List<String> faults, TimedRows rows, Duration duration) {
        if (duration.toDays() < 1 || !duration.equals(Duration.ofDays(duration.toDays()))) {
            faults.add(setting(rows) + " is " + duration + ", must be whole days, at least 1d");
        }
    }
}
