package dev.weir.testing.oracle;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The identity of a series: metric name and all labels, {@code service} among them, none of them empty. */
record SeriesId(String metric, SortedMap<String, String> labels) {
    private static final String SERVICE = "service";

    static SeriesId of(String metric, String service, Map<String, String> labels) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.put(SERVICE, service);
        return ofAll(metric, all);
    }

    static SeriesId ofAll(String metric, Map<String, String> allLabels) {
        SortedMap<String, String> present = new TreeMap<>(allLabels);
        present.values().removeIf(String::isEmpty);
        return new SeriesId(metric, Collections.unmodifiableSortedMap(present));
    }

    @Override
    public String toString() {
        return metric + labels;
    }
}
