package dev.weir.testing.workload;

import dev.weir.events.MetricKind;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one generated series: what it is called, how often it speaks and what it says.
 *
 * <p>Two models of a scenario may share name and labels and differ in their verdict, such as the hits and the misses of
 * one cache.
 *
 * @param labels the labels besides {@code service}
 * @param unit the unit of the values, null where the suffix of the metric names it
 * @param every the mean time between two events
 */
public record SeriesModel(
        String metric,
        String service,
        SortedMap<String, String> labels,
        MetricKind kind,
        @Nullable String unit,
        Duration every,
        ValueModel values,
        Verdict verdict) {
    public SeriesModel {
        Require.wholeMillis("every of " + metric, every);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    static SeriesModel of(
            String metric,
            String service,
            Map<String, String> labels,
            MetricKind kind,
            int everySeconds,
            ValueModel values) {
        return new SeriesModel(
                metric,
                service,
                new TreeMap<>(labels),
                kind,
                null,
                Duration.ofSeconds(everySeconds),
                values,
                Verdict.NONE);
    }

    SeriesModel withUnit(String newUnit) {
        return new SeriesModel(metric, service, labels, kind, newUnit, every, values, verdict);
    }

    SeriesModel with(Verdict newVerdict) {
        return new SeriesModel(metric, service, labels, kind, unit, every, values, newVerdict);
    }

    SeriesModel every(Duration newEvery) {
        return new SeriesModel(metric, service, labels, kind, unit, newEvery, values, verdict);
    }

    @Nullable
    String label(String name) {
        return name.equals("service") ? service : labels.get(name);
    }
}
