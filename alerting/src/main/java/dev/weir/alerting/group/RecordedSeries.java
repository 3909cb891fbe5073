package dev.weir.alerting.group;

import dev.weir.alerting.eval.Sample;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Series that rules write: gauges; the service is the label {@code service}, or the empty text without one. */
public final class RecordedSeries {
    private RecordedSeries() {}

    /** The series of a metric; a label {@code __name__} does not count. */
    public static Series of(String metric, Map<String, String> labels) {
        SortedMap<String, String> rest = new TreeMap<>(labels);
        rest.remove(Sample.NAME);
        String service = rest.remove(Series.SERVICE);
        return Series.of(metric, service == null ? "" : service, rest, MetricKind.GAUGE, null);
    }
}
