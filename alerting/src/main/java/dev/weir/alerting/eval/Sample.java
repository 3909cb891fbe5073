package dev.weir.alerting.eval;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One element of an instant vector.
 *
 * @param labels the metric name as {@code __name__} where the expression keeps it
 * @param bounds where the value comes from a sketch; else null
 */
public record Sample(
        SortedMap<String, String> labels,
        double value,
        @Nullable Bounds bounds) {
    public static final String NAME = "__name__";

    public Sample {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    static Sample of(Map<String, String> labels, double value) {
        return new Sample(new TreeMap<>(labels), value, null);
    }

    /** The same value without the metric name. */
    Sample unnamed() {
        return withLabels(withoutName(labels));
    }

    Sample withLabels(SortedMap<String, String> other) {
        return new Sample(other, value, bounds);
    }

    static SortedMap<String, String> withoutName(Map<String, String> labels) {
        SortedMap<String, String> rest = new TreeMap<>(labels);
        rest.remove(NAME);
        return rest;
    }
}
