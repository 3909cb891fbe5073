package dev.weir.alerting.eval;

import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.Expr.Aggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Aggregations over the samples of a vector. */
final class Aggregations {
    private Aggregations() {}

    static List<Sample> aggregate(Aggregation aggregation, List<Sample> samples) {
        TreeMap<String, Group> groups = new TreeMap<>();
        for (Sample sample : samples) {
            SortedMap<String, String> key = aggregation.grouping().key(sample.labels());
            groups.computeIfAbsent(key.toString(), text -> new Group(key))
                    .values
                    .add(sample.value());
        }
        return groups.values().stream()
                .map(group -> Sample.of(group.labels, value(aggregation.operator(), group.values)))
                .toList();
    }

    /** The aggregate of at least one value; also what *_over_time makes of the points of a range. */
    static double value(AggregationOperator operator, List<Double> values) {
        return switch (operator) {
            case COUNT -> values.size();
            case SUM -> sum(values);
            case AVG -> sum(values) / values.size();
            case MIN -> extreme(values, -1);
            case MAX -> extreme(values, 1);
        };
    }

    private static double sum(List<Double> values) {
        CompensatedSum sum = new CompensatedSum();
        values.forEach(sum::add);
        return sum.value();
    }

    /** NaN gives way to any number. */
    private static double extreme(List<Double> values, int sign) {
        double extreme = values.get(0);
        for (double value : values) {
            if (Double.isNaN(extreme) || value * sign > extreme * sign) {
                extreme = value;
            }
        }
        return extreme;
    }

    private static final class Group {
        private final SortedMap<String, String> labels;
        private final List<Double> values = new ArrayList<>();

        Group(SortedMap<String, String> labels) {
            this.labels = labels;
        }
    }
}
