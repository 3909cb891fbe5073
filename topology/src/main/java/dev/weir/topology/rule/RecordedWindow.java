package dev.weir.topology.rule;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerting.group.RecordedSample;
import dev.weir.series.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a recording rule recorded at a tick, as a record of the aggregates topic: a GAUGE of one sample over the group's
 * interval before the tick, {@code [tick − interval, tick)}, by the name of the rule. It never has another revision. Not a window
 * of events: its bounds are 1 m or 1 h only if the interval is, and only in that last case the table of hours has a row of it.
 * Where a series is no longer recorded, nothing is published.
 */
final class RecordedWindow {
    private static final double MS_PER_SECOND = 1_000;

    private RecordedWindow() {}

    static WindowAggregate of(RecordedSample sample, Duration interval, long tickMs) {
        Series series = sample.series();
        double value = sample.value();
        return WindowAggregate.newBuilder()
                .setMetric(series.metric())
                .setService(series.service())
                .setLabels(series.labels())
                .setKind(series.kind())
                .setWindowStart(Instant.ofEpochMilli(tickMs - interval.toMillis()))
                .setWindowEnd(Instant.ofEpochMilli(tickMs))
                .setCount(1)
                .setSum(value)
                .setMin(value)
                .setMax(value)
                .setLast(value)
                .setRate(MS_PER_SECOND / interval.toMillis())
                .setQuantiles(List.of())
                .setFinal$(true)
                .setRevision(0)
                .build();
    }
}
