package dev.weir.alerting.eval;

import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Grouping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Aggregations over the samples of a vector. The order of the samples never matters. */
final class Aggregations {
    private Aggregations() {}

    /** An aggregation without a parameter. */
    static List<Sample> aggregate(Aggregation aggregation, List<Sample> samples) {
        return groups(aggregation.grouping(), samples).stream()
                .map(group -> Sample.of(group.labels, value(aggregation.operator(), group.values())))
                .toList();
    }

    /** An aggregation with a number as its parameter. */
    static List<Sample> aggregate(Aggregation aggregation, double parameter, List<Sample> samples) {
        Collection<Group> groups = groups(aggregation.grouping(), samples);
        if (aggregation.operator() == AggregationOperator.QUANTILE) {
            return groups.stream()
                    .map(group -> Sample.of(group.labels, Quantiles.of(parameter, group.values())))
                    .toList();
        }
        int size = size(parameter, samples.size());
        Comparator<Sample> order = order(aggregation.operator() == AggregationOperator.TOPK);
        return groups.stream()
                .flatMap(group -> group.samples.stream().sorted(order).limit(size))
                .toList();
    }

    /** One sample for each value in each group: how often it occurs, with the value as a label. */
    static List<Sample> countValues(Grouping grouping, String label, List<Sample> samples) {
        List<Sample> labelled = samples.stream()
                .map(sample -> {
                    SortedMap<String, String> labels = new TreeMap<>(sample.labels());
                    labels.put(label, ValueLabel.of(sample.value()));
                    return sample.withLabels(labels);
                })
                .toList();
        List<String> kept = new ArrayList<>(grouping.labels());
        if (grouping.by()) {
            kept.add(label);
        }
        return groups(new Grouping(grouping.by(), kept), labelled).stream()
                .map(group -> Sample.of(group.labels, group.samples.size()))
                .toList();
    }

    private static double value(AggregationOperator operator, double[] values) {
        return switch (operator) {
            case COUNT -> values.length;
            case GROUP -> 1;
            // A single value is its own sum and mean, even if it is -0.
            case SUM -> values.length == 1 ? values[0] : OverTime.sum(values);
            case AVG -> values.length == 1 ? values[0] : OverTime.mean(values);
            case MIN -> OverTime.min(values);
            case MAX -> OverTime.max(values);
            case STDVAR -> variance(values);
            case STDDEV -> Math.sqrt(variance(values));
            case TOPK, BOTTOMK, QUANTILE, COUNT_VALUES ->
                throw new IllegalArgumentException("aggregation is " + operator + ", must take no parameter");
        };
    }

    /** As in Prometheus 2, a single value has none even if it is infinite. */
    private static double variance(double[] values) {
        return values.length == 1 ? 0 : OverTime.variance(values);
    }

    private static int size(double k, int most) {
        if (!(k >= Long.MIN_VALUE && k < 0x1p63)) {
            throw new EvaluationException("Scalar value " + ValueLabel.of(k) + " overflows int64");
        }
        return (int) Math.max(0, Math.min((long) k, most));
    }

    /** The best first, NaN last; of equals the one whose labels come first. */
    private static Comparator<Sample> order(boolean greatestFirst) {
        Comparator<Sample> byValue =
                Comparator.comparingDouble(sample -> greatestFirst ? -sample.value() : sample.value());
        return byValue.thenComparing(Sample.BY_LABELS);
    }

    private static Collection<Group> groups(Grouping grouping, List<Sample> samples) {
        Map<SortedMap<String, String>, Group> groups = new LinkedHashMap<>();
        for (Sample sample : samples) {
            groups.computeIfAbsent(grouping.key(sample.labels()), key -> new Group(key, new ArrayList<>()))
                    .samples
                    .add(sample);
        }
        return groups.values();
    }

    private record Group(SortedMap<String, String> labels, List<Sample> samples) {
        /** The values, sorted: so the order of adding them is always the same. */
        double[] values() {
            double[] values = samples.stream().mapToDouble(Sample::value).toArray();
            Arrays.sort(values);
            return values;
        }
    }
}
