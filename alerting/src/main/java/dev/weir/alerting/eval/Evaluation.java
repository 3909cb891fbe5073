package dev.weir.alerting.eval;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * Result of an expression at a tick.
 *
 * @param samples in the order of their labels, each label set once
 * @param inputs labels of the series that had data in the range of a selector, without the metric name
 */
public record Evaluation(List<Sample> samples, Set<SortedMap<String, String>> inputs) {
    public Evaluation {
        samples = List.copyOf(samples);
        inputs = Set.copyOf(inputs);
    }
}
