package dev.weir.series;

import dev.weir.events.MetricKind;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One series: a metric of a service with its labels.
 *
 * <p>{@link #key()} is its identity and the key of every record about it. Kind and unit describe the values; they are not
 * part of the key. Labels with an empty value are dropped, as in Prometheus, where they are the same as no label.
 *
 * @param metric Prometheus metric name
 * @param service the service that measures; the label {@code service}
 * @param labels the other labels, sorted by name
 * @param kind how the values add up
 * @param unit the values' unit as events gave it, or null
 */
public record Series(
        String metric,
        String service,
        SortedMap<String, String> labels,
        MetricKind kind,
        @Nullable String unit) {

    /** Name of the label that holds the service. */
    public static final String SERVICE = "service";

    public Series {
        TreeMap<String, String> present = new TreeMap<>(labels);
        present.values().removeIf(String::isEmpty);
        if (present.containsKey(SERVICE)) {
            throw new IllegalArgumentException("label service is set, must be the field service (" + metric + ")");
        }
        labels = Collections.unmodifiableSortedMap(present);
    }

    /** A series whose labels come in any order. */
    public static Series of(
            String metric, String service, Map<String, String> labels, MetricKind kind, @Nullable String unit) {
        return new Series(metric, service, new TreeMap<>(labels), kind, unit);
    }

    /** The series key: {@code metric{service="s",a="b"}}, service first, then the labels by name, values escaped as Prometheus does. */
    public String key() {
        StringBuilder key = new StringBuilder(metric).append('{');
        appendLabel(key, SERVICE, service);
        labels.forEach((name, value) -> appendLabel(key.append(','), name, value));
        return key.append('}').toString();
    }

    /** The labels with {@code service} among them, unless it is empty. */
    public SortedMap<String, String> allLabels() {
        TreeMap<String, String> all = new TreeMap<>(labels);
        if (!service.isEmpty()) {
            all.put(SERVICE, service);
        }
        return Collections.unmodifiableSortedMap(all);
    }

    private static void appendLabel(StringBuilder key, String name, String value) {
        key.append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> key.append("\\\\");
                case '"' -> key.append("\\\"");
                case '\n' -> key.append("\\n");
                default -> key.append(c);
            }
        }
        key.append('"');
    }
}
