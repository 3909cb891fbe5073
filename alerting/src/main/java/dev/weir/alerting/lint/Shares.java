package dev.weir.alerting.lint;

import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Tells a part of a whole, which lies from 0 to 1, from other quotients. */
final class Shares {
    private Shares() {}

    /**
     * True for a division whose numerator is also in the denominator, there with no more matchers and over the same time:
     * {@code x{code="500"} / x}, {@code hits / (hits + misses)}.
     */
    static boolean isShare(Expr wrapped) {
        if (!(wrapped.unwrapped() instanceof Binary binary)) {
            return false;
        }
        if (binary.operator() == BinaryOperator.SUBTRACT) {
            double whole = Numbers.value(binary.left()).orElse(0);
            return whole == 1 && isShare(binary.right());
        }
        if (binary.operator() != BinaryOperator.DIVIDE || !onlyAdds(binary)) {
            return false;
        }
        List<Reading> parts = readings(binary.left());
        return parts.size() == 1 && readings(binary.right()).stream().anyMatch(whole -> whole.covers(parts.get(0)));
    }

    private static boolean onlyAdds(Binary division) {
        List<Expr> others = new ArrayList<>();
        division.forEach(part -> {
            boolean mean = part instanceof Aggregation aggregation
                    && aggregation.operator() != AggregationOperator.SUM
                    && aggregation.operator() != AggregationOperator.COUNT;
            boolean operator =
                    part != division && part instanceof Binary binary && binary.operator() != BinaryOperator.ADD;
            if (mean || operator) {
                others.add(part);
            }
        });
        return others.isEmpty();
    }

    private static List<Reading> readings(Expr expr) {
        List<Reading> readings = new ArrayList<>();
        collect(expr, readings);
        return readings;
    }

    private static void collect(Expr expr, List<Reading> readings) {
        if (expr instanceof RangeSelector range) {
            readings.add(new Reading(range.selector(), range.range()));
        } else if (expr instanceof VectorSelector selector) {
            readings.add(new Reading(selector, Duration.ZERO));
        } else {
            expr.parts().forEach(part -> collect(part, readings));
        }
    }

    private record Reading(VectorSelector selector, Duration range) {
        boolean covers(Reading part) {
            return selector.metric().equals(part.selector.metric())
                    && range.equals(part.range)
                    && new HashSet<>(part.selector.matchers()).containsAll(selector.matchers());
        }
    }
}
