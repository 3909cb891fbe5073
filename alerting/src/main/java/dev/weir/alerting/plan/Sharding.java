package dev.weir.alerting.plan;

import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.ValueType;
import dev.weir.alerting.promql.VectorMatching;
import java.util.List;

/** Finds the labels by which an expression can be sharded. */
final class Sharding {
    /*
     * A label is kept by an expression if each sample of its result has, under that label, the value that all series have
     * from which the sample was made. Sharded by kept labels, the series that make one sample are of one shard, no other
     * shard makes a sample with the same labels, and whatever makes the sample, or keeps it from being made, is there.
     *
     *   selector, function of a range   all labels that a series has before it is read
     *   aggregation                     those of its argument that the grouping keeps
     *   operator between vectors        those of both sides by which samples meet: without that a sample's partner
     *                                   could be in another shard
     *   label that is written           not that one
     *   number, time                    all: it is the same in each shard
     *   absent, scalar, vector          none: they say something about everything, or make a sample out of nothing
     */
    private Sharding() {}

    static ShardLabels of(Expr root) {
        return root.type() == ValueType.SCALAR ? ShardLabels.NONE : kept(root);
    }

    private static ShardLabels kept(Expr expr) {
        if (expr instanceof Call call) {
            return keptByCall(call);
        } else if (expr instanceof Aggregation aggregation) {
            return keptByAggregation(aggregation);
        } else if (expr instanceof Binary binary && betweenVectors(binary)) {
            return keptByParts(expr).and(meeting(binary));
        }
        return keptByParts(expr);
    }

    private static ShardLabels keptByCall(Call call) {
        return switch (call.function()) {
            case ABSENT, ABSENT_OVER_TIME, SCALAR, VECTOR -> ShardLabels.NONE;
            case LABEL_REPLACE, LABEL_JOIN ->
                keptByParts(call).without(text(call.arguments().get(1)));
            // Without an argument: of the time, one sample that has no labels.
            case DAYS_IN_MONTH, DAY_OF_MONTH, DAY_OF_WEEK, DAY_OF_YEAR, HOUR, MINUTE, MONTH, YEAR ->
                call.arguments().isEmpty() ? ShardLabels.NONE : keptByParts(call);
            default -> keptByParts(call);
        };
    }

    private static ShardLabels keptByAggregation(Aggregation aggregation) {
        ShardLabels kept = keptByParts(aggregation).and(aggregation.grouping());
        Expr parameter = aggregation.parameter();
        return aggregation.operator() == AggregationOperator.COUNT_VALUES && parameter != null
                ? kept.without(text(parameter))
                : kept;
    }

    private static List<String> text(Expr expr) {
        return expr.unwrapped() instanceof StringLiteral literal ? List.of(literal.value()) : List.of();
    }

    private static ShardLabels keptByParts(Expr expr) {
        return expr.parts().stream().map(Sharding::kept).reduce(ShardLabels.ALL, ShardLabels::and);
    }

    private static boolean betweenVectors(Binary binary) {
        return binary.left().type() == ValueType.INSTANT_VECTOR
                && binary.right().type() == ValueType.INSTANT_VECTOR;
    }

    private static ShardLabels meeting(Binary binary) {
        VectorMatching matching = binary.matching();
        return new ShardLabels(!matching.on(), matching.labels()).without(matching.included());
    }
}
