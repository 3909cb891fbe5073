package dev.weir.testing.workload;

import java.util.Map;

/** One effect of an incident: on every series of {@code metric} whose labels, {@code service} included, contain {@code labels}. */
public record Disturbance(String metric, Map<String, String> labels, Effect effect) {
    public Disturbance {
        labels = Map.copyOf(labels);
    }

    boolean hits(SeriesModel series) {
        return series.metric().equals(metric)
                && labels.entrySet().stream().allMatch(label -> label.getValue().equals(series.label(label.getKey())));
    }
}
