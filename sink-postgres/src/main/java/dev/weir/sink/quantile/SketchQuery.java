package dev.weir.sink.quantile;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which rows of {@code monitoring.aggregated_metrics}.
 *
 * @param period hourly, daily or weekly
 * @param dimensions labels and {@code service} that a row must have, among others; empty for all series
 * @param from rows that begin then or later
 * @param to rows that begin earlier
 */
public record SketchQuery(String metric, String period, Map<String, String> dimensions, Instant from, Instant to) {
    /** What a row may sum up. */
    public static final List<String> PERIODS = List.of("hourly", "daily", "weekly");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException naming the faulty part
     */
    public SketchQuery {
        if (metric.isBlank()) {
            throw new IllegalArgumentException("metric is empty, must be a name");
        }
        if (!PERIODS.contains(period)) {
            throw new IllegalArgumentException(
                    "period is " + period + ", must be one of " + String.join(", ", PERIODS));
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from is " + from + ", must be before to, " + to);
        }
        dimensions = Map.copyOf(dimensions);
    }

    @Override
    public String toString() {
        return period + " rows of " + metric + (dimensions.isEmpty() ? "" : " with " + dimensions) + " from " + from
                + " to " + to;
    }
}
