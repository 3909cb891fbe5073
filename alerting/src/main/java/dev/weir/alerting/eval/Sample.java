package dev.weir.alerting.eval;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One element of an instant vector.
 *
 * @param labels the metric name as {@code __name__} where the expression keeps it; none is empty
 * @param bounds where the value comes from a sketch; else null
 */
public record Sample(
        SortedMap<String, String> labels,
        double value,
        @Nullable Bounds bounds) {
    public static final String NAME = "__name__";

    /** By their labels, name by name. */
    static final Comparator<Sample> BY_LABELS = (one, other) -> compare(one.labels, other.labels);

    public Sample {
        TreeMap<String, String> present = new TreeMap<>(labels);
        present.values().removeIf(String::isEmpty);
        labels = Collections.unmodifiableSortedMap(present);
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

    /** The labels as Prometheus writes them. */
    static String text(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static int compare(SortedMap<String, String> one, SortedMap<String, String> other) {
        Iterator<Map.Entry<String, String>> others = other.entrySet().iterator();
        for (Map.Entry<String, String> label : one.entrySet()) {
            if (!others.hasNext()) {
                return 1;
            }
            Map.Entry<String, String> against = others.next();
            int byName = label.getKey().compareTo(against.getKey());
            int order = byName != 0 ? byName : label.getValue().compareTo(against.getValue());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    static SortedMap<String, String> withoutName(Map<String, String> labels) {
        SortedMap<String, String> rest = new TreeMap<>(labels);
        rest.remove(NAME);
        return rest;
    }
}
