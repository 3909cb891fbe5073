package dev.weir.sink;

/** What a sink can read. */
public enum SinkTopic {
    /** Window aggregates, for {@code monitoring.aggregated_metrics}. */
    AGGREGATES
}
