package dev.weir.alerting.plan;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Estimate of what the panes take that rules keep of one series: so many panes, each with the bytes of its series and of a
 * typical aggregate. A histogram is counted with a hundred values a pane.
 *
 * @param panes of all lengths that are read
 */
public record StateSize(long panes, long bytes) {
    public static final StateSize NOTHING = new StateSize(0, 0);

    /** Stands in for the bytes of a series that is not known. */
    private static final int SERIES_BYTES = 80;

    /** What the selections that select the series keep of it; a pane that several of them read is kept once. */
    public static StateSize of(Collection<Selection> selections, Series series) {
        int seriesBytes = series.key().length();
        return of(selections.stream().filter(one -> one.selects(series)).toList(), series.kind(), seriesBytes);
    }

    /** What a selection keeps of each series that it selects, of the kind that its name suggests. */
    public static StateSize ofEach(Selection selection) {
        return of(List.of(selection), likelyKind(selection.metric()), SERIES_BYTES);
    }

    public StateSize plus(StateSize other) {
        return new StateSize(panes + other.panes, bytes + other.bytes);
    }

    private static StateSize of(Collection<Selection> selections, MetricKind kind, int seriesBytes) {
        Map<PaneStep, Long> panes = new EnumMap<>(PaneStep.class);
        for (Selection selection : selections) {
            Duration range = selection.range();
            PaneStep step = PaneStep.of(range);
            panes.merge(step, step.panes(range), Math::max);
        }
        long sum = panes.values().stream().mapToLong(Long::longValue).sum();
        return new StateSize(sum, sum * (seriesBytes + aggregateBytes(kind)));
    }

    /** As the suffix says that Prometheus' conventions give. */
    private static MetricKind likelyKind(String metric) {
        if (metric.endsWith("_bucket") || metric.endsWith("_sum") || metric.endsWith("_count")) {
            return MetricKind.OBSERVATION;
        }
        return metric.endsWith("_total") ? MetricKind.COUNT : MetricKind.GAUGE;
    }

    private static int aggregateBytes(MetricKind kind) {
        return switch (kind) {
            case COUNT -> 20;
            case OBSERVATION -> 220;
            case GAUGE -> 40;
            case CUMULATIVE -> 50;
        };
    }
}
