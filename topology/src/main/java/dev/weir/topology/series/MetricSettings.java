package dev.weir.topology.series;

import dev.weir.sketch.SketchRange;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is set for one metric, whatever its service, labels and unit.
 *
 * @param name exact name of the metric
 * @param range of the sketches of its observations, in the unit of its events; null for the default of its unit
 * @param deduplicate how long an {@code event_id} is remembered; null if events are not de-duplicated
 */
public record MetricSettings(
        String name, @Nullable SketchRange range, @Nullable Duration deduplicate) {
    public MetricSettings {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name is empty, must be the name of a metric (metrics.name)");
        }
        if (range == null && deduplicate == null) {
            throw new IllegalArgumentException("metric " + name + " has no setting, must have sketch or deduplicate");
        }
        if (deduplicate != null && (deduplicate.isNegative() || deduplicate.isZero())) {
            throw new IllegalArgumentException(
                    "deduplicate is " + deduplicate + ", must be > 0 (metrics.deduplicate of " + name + ")");
        }
    }
}
