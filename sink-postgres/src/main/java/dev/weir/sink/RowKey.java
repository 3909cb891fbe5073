package dev.weir.sink;

import dev.weir.events.MetricKind;
import java.util.Comparator;

/**
 * What is unique in {@code monitoring.aggregated_metrics}.
 *
 * @param dimensions the labels and {@code service} as a JSON object with sorted keys: equal label sets, equal text
 * @param unit empty where the events gave none
 */
record RowKey(Period period, String metric, long startMs, String dimensions, MetricKind kind, String unit) {
    /** One order for all writers: two transactions that share rows lock them in the same sequence. */
    static final Comparator<RowKey> WRITE_ORDER = Comparator.comparing(RowKey::period)
            .thenComparing(RowKey::metric)
            .thenComparing(RowKey::startMs)
            .thenComparing(RowKey::dimensions)
            .thenComparing(RowKey::kind)
            .thenComparing(RowKey::unit);

    /** The row of the same series for another stretch of time. */
    RowKey at(Period otherPeriod, long otherStartMs) {
        return new RowKey(otherPeriod, metric, otherStartMs, dimensions, kind, unit);
    }
}
