package dev.weir.alerting.promql;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Labels that an aggregation keeps: {@code by} only these, {@code without} all but these and the metric name. */
public record Grouping(boolean by, List<String> labels) {
    /** Keeps no label: the aggregate of everything. */
    public static final Grouping ALL_TOGETHER = new Grouping(true, List.of());

    public Grouping {
        labels = List.copyOf(labels);
    }

    /** The labels of the group that the sample belongs to. */
    public SortedMap<String, String> key(Map<String, String> sample) {
        SortedMap<String, String> key = new TreeMap<>(sample);
        if (by) {
            key.keySet().retainAll(labels);
        } else {
            key.remove("__name__");
            key.keySet().removeAll(labels);
        }
        return key;
    }

    public boolean keeps(String label) {
        return by == labels.contains(label);
    }
}
