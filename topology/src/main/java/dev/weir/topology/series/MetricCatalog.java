package dev.weir.topology.series;

import dev.weir.sketch.SketchRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of metrics by their names: the configured settings, and defaults for all other metrics. Immutable. */
public final class MetricCatalog {
    /** No metric has settings of its own. */
    public static final MetricCatalog DEFAULTS = new MetricCatalog(List.of());

    private final Map<String, MetricSettings> byName = new HashMap<>();

    /** @throws IllegalArgumentException if a metric is named twice */
    public MetricCatalog(List<MetricSettings> metrics) {
        for (MetricSettings metric : metrics) {
            if (byName.put(metric.name(), metric) != null) {
                throw new IllegalArgumentException(
                        "metric " + metric.name() + " is given twice, must be given once (metrics)");
            }
        }
    }

    /** The range of the sketches of a metric: as set, else {@link SketchRange#of}. All stages must ask here, or sketches do not merge. */
    public SketchRange range(String metric, @Nullable String unit) {
        MetricSettings settings = byName.get(metric);
        SketchRange range = settings == null ? null : settings.range();
        return range == null ? SketchRange.of(metric, unit) : range;
    }

    /** The ranges that are set, by metric. */
    public Map<String, SketchRange> ranges() {
        Map<String, SketchRange> ranges = new HashMap<>();
        byName.forEach((name, settings) -> {
            if (settings.range() != null) {
                ranges.put(name, settings.range());
            }
        });
        return ranges;
    }

    /** How long an event id of the metric is remembered; empty if its events are not de-duplicated. */
    public Optional<Duration> deduplication(String metric) {
        return Optional.ofNullable(byName.get(metric)).map(MetricSettings::deduplicate);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricCatalog catalog && byName.equals(catalog.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return byName.values().toString();
    }
}
