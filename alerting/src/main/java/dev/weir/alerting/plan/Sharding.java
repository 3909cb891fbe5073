package dev.weir.alerting.plan;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.Function;
import dev.weir.alerting.promql.ValueType;
import dev.weir.alerting.promql.VectorMatching;

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
     *   number                          all: it is the same in each shard
     *   absent, scalar, vector          none: they say something about everything, or make a sample out of nothing
     */
    private Sharding() {}

    static ShardLabels of(Expr root) {
        return root.type() == ValueType.SCALAR ? ShardLabels.NONE : kept(root);
    }

    private static ShardLabels kept(Expr expr) {
        if (expr instanceof VectorSelector || expr instanceof NumberLiteral) {
            return ShardLabels.ALL;
        } else if (expr instanceof Call call && call.function() == Function.ABSENT) {
            return ShardLabels.NONE;
        } else if (expr instanceof Aggregation aggregation) {
            return keptByParts(expr).and(aggregation.grouping());
        } else if (expr instanceof Binary binary && betweenVectors(binary)) {
            return keptByParts(expr).and(meeting(binary));
        }
        return keptByParts(expr);
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
        return new ShardLabels(!matching.on(), matching.labels());
    }
}
