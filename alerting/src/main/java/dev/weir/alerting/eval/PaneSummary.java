package dev.weir.alerting.eval;

import dev.weir.alerting.promql.Function;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import java.util.List;
import java.util.OptionalDouble;

/** What panes of a gauge tell exactly when there were too many samples to keep: count, sum, extremes and the last value. */
final class PaneSummary {
    private PaneSummary() {}

    static boolean answers(Function function) {
        return switch (function) {
            case COUNT_OVER_TIME, SUM_OVER_TIME, AVG_OVER_TIME, MIN_OVER_TIME, MAX_OVER_TIME, LAST_OVER_TIME -> true;
            default -> false;
        };
    }

    static OptionalDouble value(List<Pane> panes, Function function) {
        List<Aggregate> aggregates = panes.stream().map(Pane::aggregate).toList();
        if (aggregates.isEmpty()) {
            return OptionalDouble.empty();
        }
        return switch (function) {
            case COUNT_OVER_TIME -> OptionalDouble.of(count(aggregates));
            case SUM_OVER_TIME -> OptionalDouble.of(sum(aggregates));
            case AVG_OVER_TIME -> OptionalDouble.of(sum(aggregates) / count(aggregates));
            case MIN_OVER_TIME ->
                aggregates.stream().mapToDouble(Aggregate::min).min();
            case MAX_OVER_TIME ->
                aggregates.stream().mapToDouble(Aggregate::max).max();
            default -> aggregates.get(aggregates.size() - 1).last();
        };
    }

    private static double count(List<Aggregate> aggregates) {
        return (double) aggregates.stream().mapToLong(Aggregate::count).sum();
    }

    private static double sum(List<Aggregate> aggregates) {
        return OverTime.sum(aggregates.stream().mapToDouble(Aggregate::sum).toArray());
    }
}
