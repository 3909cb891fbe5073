package dev.weir.testing.workload;

import dev.weir.events.MetricEvent;
import dev.weir.events.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Events by metric, asked the plain way: count, sum and sort what lies in the window {@code [end - range, end)}. */
final class EventLog {
    static final Duration LOOKBACK = Duration.ofMinutes(5);

    private final Map<String, List<MetricEvent>> byMetric = new HashMap<>();

    EventLog(Stream<MetricEvent> events) {
        events.forEach(event -> byMetric.computeIfAbsent(event.getMetric(), name -> new ArrayList<>())
                .add(event));
    }

    static Predicate<MetricEvent> label(String name, String prefix) {
        return event -> labelOf(event, name).startsWith(prefix);
    }

    static Predicate<MetricEvent> outcome(Outcome outcome) {
        return event -> outcome == event.getOutcome();
    }

    /** Sum of the values by the named labels. */
    Map<String, Double> sum(String metric, Predicate<MetricEvent> which, Instant end, Duration range, String... by) {
        Map<String, Double> sums = new TreeMap<>();
        window(metric, end, range)
                .filter(which)
                .forEach(event -> sums.merge(group(event, by), event.getValue(), Double::sum));
        return sums;
    }

    /** Number of events by the named labels. */
    Map<String, Double> count(String metric, Predicate<MetricEvent> which, Instant end, Duration range, String... by) {
        Map<String, Double> counts = new TreeMap<>();
        window(metric, end, range).filter(which).forEach(event -> counts.merge(group(event, by), 1.0, Double::sum));
        return counts;
    }

    /** 95th percentile by the named labels: the value of rank ceil(0.95 n). */
    Map<String, Double> p95(String metric, Predicate<MetricEvent> which, Instant end, Duration range, String... by) {
        Map<String, List<Double>> values = new TreeMap<>();
        window(metric, end, range)
                .filter(which)
                .forEach(event -> values.computeIfAbsent(group(event, by), name -> new ArrayList<>())
                        .add(event.getValue()));
        Map<String, Double> percentiles = new TreeMap<>();
        values.forEach((name, list) -> percentiles.put(name, p95(list)));
        return percentiles;
    }

    /** The newest value of each series that is not older than the lookback, by the named labels. */
    Map<String, Double> latest(String metric, Predicate<MetricEvent> which, Instant end, String... by) {
        Map<String, Double> values = new TreeMap<>();
        window(metric, end, LOOKBACK).filter(which).forEach(event -> values.put(group(event, by), event.getValue()));
        return values;
    }

    static Map<String, Double> ratio(Map<String, Double> part, Map<String, Double> all) {
        Map<String, Double> ratios = new TreeMap<>();
        all.forEach((name, value) -> ratios.put(name, part.getOrDefault(name, 0.0) / value));
        return ratios;
    }

    private static double p95(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
    }

    private Stream<MetricEvent> window(String metric, Instant end, Duration range) {
        List<MetricEvent> events = byMetric.getOrDefault(metric, List.of());
        return events.subList(firstAtOrAfter(events, end.minus(range)), firstAtOrAfter(events, end)).stream();
    }

    private static int firstAtOrAfter(List<MetricEvent> events, Instant time) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).getTimestamp().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static String group(MetricEvent event, String... by) {
        return String.join(
                ",", Arrays.stream(by).map(name -> labelOf(event, name)).toList());
    }

    private static String labelOf(MetricEvent event, String name) {
        return name.equals("service") ? event.getService() : event.getLabels().getOrDefault(name, "");
    }
}
