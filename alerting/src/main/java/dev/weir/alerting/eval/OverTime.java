package dev.weir.alerting.eval;

import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import dev.weir.pane.StaleMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code *_over_time}: an aggregation over the samples of each series. A gauge's panes keep what it takes, exactly,
 * whether or not they keep the samples themselves; a running total's are its samples.
 */
final class OverTime {
    private final SelectorReader selectors;
    private final AggregationOperator operator;

    OverTime(SelectorReader selectors, AggregationOperator operator) {
        this.selectors = selectors;
        this.operator = operator;
    }

    List<Sample> of(RangeSelector range, String function) {
        Selection selection = Selection.over(range.selector(), range.range());
        List<Sample> samples = new ArrayList<>();
        for (SeriesPanes read : selectors.read(selection)) {
            SelectorReader.requirePoints(read, selection, function);
            OptionalDouble value =
                    read.series().kind() == MetricKind.GAUGE ? overPanes(read.panes()) : overPoints(read, selection);
            value.ifPresent(number -> samples.add(Sample.of(read.series().allLabels(), number)));
        }
        return samples;
    }

    private OptionalDouble overPoints(SeriesPanes read, Selection selection) {
        List<Double> values =
                selectors.points(read, selection).stream().map(Point::value).toList();
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Aggregations.value(operator, values));
    }

    private OptionalDouble overPanes(List<Pane> panes) {
        List<Aggregate> aggregates = panes.stream()
                .map(Pane::aggregate)
                .filter(aggregate -> !StaleMarker.is(aggregate.last().orElse(0)))
                .toList();
        return aggregates.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(over(aggregates));
    }

    private double over(List<Aggregate> aggregates) {
        return switch (operator) {
            case COUNT -> count(aggregates);
            case SUM -> sum(aggregates);
            case AVG -> sum(aggregates) / count(aggregates);
            case MIN -> aggregates.stream().mapToDouble(Aggregate::min).min().orElse(Double.NaN);
            case MAX -> aggregates.stream().mapToDouble(Aggregate::max).max().orElse(Double.NaN);
        };
    }

    private static double count(List<Aggregate> aggregates) {
        return aggregates.stream().mapToLong(Aggregate::count).sum();
    }

    private static double sum(List<Aggregate> aggregates) {
        CompensatedSum sum = new CompensatedSum();
        aggregates.forEach(aggregate -> sum.add(aggregate.sum()));
        return sum.value();
    }
}
