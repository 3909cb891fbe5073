package dev.weir.alerting.plan;

import dev.weir.alerting.promql.Expr;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.List;

/**
 * Everything a rule reads, a superset of the panes that its evaluation at any tick asks for, and how it can be divided.
 *
 * @param operands in the order of the expression, each once
 * @param shards labels by which its series can be dealt out so that each shard is exact on its own
 */
public record RulePlan(List<Operand> operands, ShardLabels shards) {
    public RulePlan {
        operands = List.copyOf(operands);
    }

    /** The plan of a parsed expression. */
    public static RulePlan of(Expr expr) {
        return new RulePlan(Operands.of(expr), Sharding.of(expr));
    }

    public List<Selection> selections() {
        return operands.stream().map(Operand::selection).distinct().toList();
    }

    /** True if the rule reads panes of this series. */
    public boolean selects(Series series) {
        return operands.stream().anyMatch(operand -> operand.selection().selects(series));
    }

    /** How long before a tick the oldest pane begins that the rule reads; zero for a rule that reads none. */
    public Duration range() {
        return operands.stream()
                .map(operand -> operand.selection().reach())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
