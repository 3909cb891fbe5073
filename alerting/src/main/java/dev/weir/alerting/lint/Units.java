package dev.weir.alerting.lint;

import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Infers the unit of an expression's values. */
final class Units {
    private final MetricFacts facts;

    Units(MetricFacts facts) {
        this.facts = facts;
    }

    Unit of(Expr wrapped) {
        Expr expr = wrapped.unwrapped();
        if (expr instanceof VectorSelector selector) {
            return MetricFacts.isCounter(selector.metric()) ? Unit.UNKNOWN : facts.unit(selector.metric());
        } else if (expr instanceof Call call) {
            return ofCall(call);
        } else if (expr instanceof Aggregation aggregation) {
            return aggregation.operator() == AggregationOperator.COUNT ? Unit.UNKNOWN : of(aggregation.argument());
        } else if (expr instanceof Binary binary) {
            return ofBinary(binary);
        }
        return expr.parts().size() == 1 ? of(expr.parts().get(0)) : Unit.UNKNOWN;
    }

    private Unit ofCall(Call call) {
        return switch (call.function()) {
            case HISTOGRAM_QUANTILE ->
                onlySelector(call).map(buckets -> facts.unit(buckets.metric())).orElse(Unit.UNKNOWN);
            case AVG_OVER_TIME, MIN_OVER_TIME, MAX_OVER_TIME ->
                onlySelector(call).map(this::of).orElse(Unit.UNKNOWN);
            default -> Unit.UNKNOWN;
        };
    }

    private Unit ofBinary(Binary binary) {
        Unit left = of(binary.left());
        OptionalDouble leftNumber = Numbers.value(binary.left());
        OptionalDouble rightNumber = Numbers.value(binary.right());
        return switch (binary.operator()) {
            case DIVIDE -> ofDivision(binary, left, rightNumber);
            case MULTIPLY ->
                rightNumber.isPresent()
                        ? multiplied(binary.left(), rightNumber.getAsDouble())
                        : leftNumber.isPresent() ? multiplied(binary.right(), leftNumber.getAsDouble()) : Unit.UNKNOWN;
            case SUBTRACT -> leftNumber.isPresent() ? complement(binary.right(), leftNumber.getAsDouble()) : left;
            case ADD, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, EQUAL, NOT_EQUAL ->
                binary.bool() ? Unit.UNKNOWN : leftNumber.isPresent() ? of(binary.right()) : left;
            case AND, UNLESS, OR -> left;
            default -> Unit.UNKNOWN;
        };
    }

    /** {@code 1 - ratio} and {@code 100 - percentage} are what they are of. */
    private Unit complement(Expr part, double whole) {
        Unit unit = of(part);
        if (whole == 1 && (unit == Unit.RATIO || isQuotient(part))) {
            return Unit.RATIO;
        }
        return whole == 100 && unit == Unit.PERCENT ? Unit.PERCENT : Unit.UNKNOWN;
    }

    private Unit ofDivision(Binary division, Unit left, OptionalDouble divisor) {
        if (divisor.isPresent()) {
            return scaled(left, 1 / divisor.getAsDouble());
        }
        Optional<Unit> mean = mean(division);
        if (mean.isPresent()) {
            return mean.get();
        }
        return isShare(division) ? Unit.RATIO : Unit.UNKNOWN;
    }

    /** {@code rate(x_sum) / rate(x_count)} is in the unit of x. */
    private Optional<Unit> mean(Binary division) {
        Optional<VectorSelector> sum = onlySelector(division.left());
        Optional<VectorSelector> count = onlySelector(division.right());
        boolean mean = sum.isPresent()
                && count.isPresent()
                && sum.get().metric().endsWith("_sum")
                && count.get().metric().endsWith("_count")
                && MetricFacts.base(sum.get().metric())
                        .equals(MetricFacts.base(count.get().metric()));
        return mean ? Optional.of(facts.unit(sum.get().metric())) : Optional.empty();
    }

    /** A part of its whole: of one metric, of one unit, or of a sum in which it stands itself. */
    private boolean isShare(Binary division) {
        List<VectorSelector> parts = selectors(division.left());
        List<VectorSelector> whole = selectors(division.right());
        if (parts.size() != 1 || whole.isEmpty()) {
            return false;
        }
        String part = parts.get(0).metric();
        boolean stands = whole.stream().anyMatch(selector -> selector.metric().equals(part));
        Unit unit = of(division.left());
        return stands || (unit != Unit.UNKNOWN && unit == of(division.right()));
    }

    /** A quotient times 100 is a percentage, whatever it is of. */
    private Unit multiplied(Expr expr, double factor) {
        return factor == 100 && isQuotient(expr) ? Unit.PERCENT : scaled(of(expr), factor);
    }

    private static Unit scaled(Unit unit, double factor) {
        return switch (unit) {
            case RATIO -> factor == 100 ? Unit.PERCENT : factor == 1 ? unit : Unit.UNKNOWN;
            case PERCENT -> isHundredth(factor) ? Unit.RATIO : factor == 1 ? unit : Unit.UNKNOWN;
            case SECONDS -> factor == 1000 ? Unit.MILLISECONDS : factor == 1 ? unit : Unit.UNKNOWN;
            case MILLISECONDS -> factor == 1.0 / 1000 ? Unit.SECONDS : factor == 1 ? unit : Unit.UNKNOWN;
            default -> Unit.UNKNOWN;
        };
    }

    private static boolean isHundredth(double factor) {
        return factor == 0.01 || factor == 1.0 / 100;
    }

    private static boolean isQuotient(Expr expr) {
        return expr.unwrapped() instanceof Binary binary && binary.operator() == BinaryOperator.DIVIDE;
    }

    /** The selector inside, if there is one only. */
    static Optional<VectorSelector> onlySelector(Expr expr) {
        List<VectorSelector> selectors = selectors(expr);
        return selectors.size() == 1 ? Optional.of(selectors.get(0)) : Optional.empty();
    }

    static List<VectorSelector> selectors(Expr expr) {
        List<VectorSelector> selectors = new ArrayList<>();
        expr.forEach(part -> {
            if (part instanceof VectorSelector selector) {
                selectors.add(selector);
            }
        });
        return selectors;
    }
}
