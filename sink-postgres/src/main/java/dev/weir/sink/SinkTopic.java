package dev.weir.sink;

/** What a sink can read. */
public enum SinkTopic {
    /** Window aggregates, for {@code monitoring.aggregated_metrics}. */
    AGGREGATES,
    /** Worker issues, monitoring events, slow queries, connections and schema versions. */
    OPERATIONS,
    /** Alert transitions. */
    ALERTS,
    /** What services publish; only the metrics that are stored raw are taken from it. */
    EVENTS
}
