package dev.weir.alerting.promql;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which labels must be equal for two samples to meet: {@code on} only these, {@code ignoring} all but these.
 *
 * @param cardinality how many samples of each side may meet
 * @param included labels that the result takes from the side that has one sample
 */
public record VectorMatching(boolean on, List<String> labels, Cardinality cardinality, List<String> included) {
    /** All labels but the metric name. */
    public static final VectorMatching ALL_LABELS = new VectorMatching(false, List.of());

    public VectorMatching {
        labels = List.copyOf(labels);
        included = List.copyOf(included);
    }

    /** One-to-one. */
    public VectorMatching(boolean on, List<String> labels) {
        this(on, labels, Cardinality.ONE_TO_ONE, List.of());
    }

    /** How many samples of the left side meet how many of the right. */
    public enum Cardinality {
        ONE_TO_ONE,
        /** {@code group_left}. */
        MANY_TO_ONE,
        /** {@code group_right}. */
        ONE_TO_MANY
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
