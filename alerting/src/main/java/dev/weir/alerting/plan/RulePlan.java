package dev.weir.alerting.plan;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything a rule reads: a superset of the panes that its evaluation at any tick asks for. */
public record RulePlan(List<Selection> selections) {
    public RulePlan {
        selections = List.copyOf(selections);
    }

    /** The plan of a parsed expression. */
    public static RulePlan of(Expr expr) {
        List<Selection> selections = new ArrayList<>();
        collect(expr, selections);
        return new RulePlan(selections.stream().distinct().toList());
    }

    /** True if the rule reads panes of this series. */
    public boolean selects(Series series) {
        return selections.stream().anyMatch(selection -> selection.selects(series));
    }

    /** How long before a tick the oldest pane begins that the rule reads; zero for a rule that reads none. */
    public Duration range() {
        return selections.stream()
                .map(Selection::reach)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static void collect(Expr expr, List<Selection> selections) {
        if (expr instanceof RangeSelector range) {
            selections.add(Selection.over(range.selector(), range.range()));
        } else if (expr instanceof VectorSelector selector) {
            selections.add(Selection.instant(selector));
        } else {
            expr.parts().forEach(part -> collect(part, selections));
        }
    }
}
