package dev.weir.alerting.promql;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which labels must be equal for two samples to meet: {@code on} only these, {@code ignoring} all but these. */
public record VectorMatching(boolean on, List<String> labels) {
    /** All labels but the metric name. */
    public static final VectorMatching ALL_LABELS = new VectorMatching(false, List.of());

    public VectorMatching {
        labels = List.copyOf(labels);
    }

    /** The labels of the sample that take part in matching. */
    public SortedMap<String, String> key(Map<String, String> sample) {
        SortedMap<String, String> key = new TreeMap<>(sample);
        if (on) {
            key.keySet().retainAll(labels);
        } else {
            key.remove("__name__");
            key.keySet().removeAll(labels);
        }
        return key;
    }
}
