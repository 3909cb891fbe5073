package dev.weir.alerting.lint;

import dev.weir.sketch.SketchRange;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is known of metrics: from their names, and from what the configuration says of their histograms.
 *
 * @param ranges ranges of sketches by metric, where they are not the default ones
 */
public record MetricFacts(Map<String, SketchRange> ranges) {
    /** Names alone. */
    public static final MetricFacts OF_NAMES = new MetricFacts(Map.of());

    private static final Pattern FACET = Pattern.compile("_(bucket|sum|count|total)$");
    private static final Pattern MILLISECONDS = Pattern.compile("_(ms|millis|milliseconds)(_[a-z]+)?$");
    private static final Pattern PERCENT = Pattern.compile("_(percent|percentage|pct)$");
    private static final Pattern RATIO = Pattern.compile(
            "_ratio$|(hit|miss|success|error|failure|failed|cache|drop|reject|conversion|availability)_rate$");
    private static final List<String> COUNTER_FACETS = List.of("_total", "_count", "_bucket", "_sum");

    public MetricFacts {
        ranges = Map.copyOf(ranges);
    }

    /** The metric without {@code _bucket}, {@code _sum}, {@code _count} or {@code _total}. */
    static String base(String metric) {
        return FACET.matcher(metric).replaceFirst("");
    }

    /** The unit of one measured value of the metric. */
    Unit unit(String metric) {
        String base = base(metric);
        if (base.endsWith("_seconds")) {
            return Unit.SECONDS;
        } else if (MILLISECONDS.matcher(base).find()) {
            return Unit.MILLISECONDS;
        } else if (base.endsWith("_bytes")) {
            return Unit.BYTES;
        } else if (PERCENT.matcher(base).find()) {
            return Unit.PERCENT;
        }
        return RATIO.matcher(base).find() ? Unit.RATIO : Unit.UNKNOWN;
    }

    /** True if the name says that the metric only rises. */
    static boolean isCounter(String metric) {
        return COUNTER_FACETS.stream().anyMatch(metric::endsWith);
    }

    /** The greatest value that a sketch of the metric tells apart, in its unit. */
    double topBucket(String metric) {
        String base = base(metric);
        SketchRange range = ranges.containsKey(base) ? ranges.get(base) : SketchRange.of(base, null);
        return range.highestTicks() / range.ticksPerUnit();
    }
}
