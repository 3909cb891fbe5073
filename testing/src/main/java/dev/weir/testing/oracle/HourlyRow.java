package dev.weir.testing.oracle;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stored row: what one series did in the hour that begins at {@code periodStart}.
 *
 * @param labels all labels, {@code service} among them
 * @param p50 percentiles, null unless the series is an OBSERVATION
 */
public record HourlyRow(
        String metric,
        Map<String, String> labels,
        Instant periodStart,
        long count,
        double sum,
        double min,
        double max,
        @Nullable Double p50,
        @Nullable Double p90,
        @Nullable Double p95,
        @Nullable Double p99,
        long successCount,
        long errorCount,
        long hitCount,
        long missCount,
        @Nullable Double errorRatio,
        @Nullable Double hitRatio) {

    public HourlyRow {
        labels = Map.copyOf(labels);
    }

    WindowId window() {
        return new WindowId(SeriesId.ofAll(metric, labels), WindowSize.HOUR, periodStart.toEpochMilli());
    }

    Totals totals() {
        return new Totals(count, sum, min, max, successCount, errorCount, hitCount, missCount, errorRatio, hitRatio);
    }
}
