package dev.weir.alerting.lint;

import dev.weir.alerting.promql.AggregationOperator;
import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.alerting.promql.MatchOperator;
import dev.weir.alerting.promql.ValueType;
import dev.weir.alerting.promql.VectorMatching;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The labels that samples of an expression can have; empty where they can have any. */
final class ResultLabels {
    /** Those that pick samples and leave them as they are. */
    private static final Set<AggregationOperator> PICK = Set.of(AggregationOperator.TOPK, AggregationOperator.BOTTOMK);

    private ResultLabels() {}

    static Optional<Set<String>> of(Expr wrapped) {
        Expr expr = wrapped.unwrapped();
        if (expr instanceof Aggregation aggregation) {
            return ofAggregation(aggregation);
        } else if (expr instanceof Call call) {
            return ofCall(call);
        } else if (expr instanceof Binary binary) {
            return ofBinary(binary);
        }
        return vectorPart(expr).flatMap(ResultLabels::of);
    }

    private static Optional<Expr> vectorPart(Expr expr) {
        return expr.parts().stream()
                .filter(part -> part.type() == ValueType.INSTANT_VECTOR)
                .findFirst();
    }

    private static Optional<Set<String>> ofCall(Call call) {
        Optional<Set<String>> inner = vectorPart(call).flatMap(ResultLabels::of);
        return switch (call.function()) {
            case ABSENT, ABSENT_OVER_TIME -> Optional.of(equalities(call));
            case VECTOR -> Optional.of(Set.of());
            case LABEL_REPLACE, LABEL_JOIN ->
                inner.map(labels -> and(labels, text(call.arguments().get(1))));
            default -> inner;
        };
    }

    private static Optional<Set<String>> ofAggregation(Aggregation aggregation) {
        if (PICK.contains(aggregation.operator())) {
            return of(aggregation.argument());
        }
        Expr parameter = aggregation.parameter();
        Optional<Set<String>> grouped = ofGrouping(aggregation);
        return aggregation.operator() == AggregationOperator.COUNT_VALUES && parameter != null
                ? grouped.map(labels -> and(labels, text(parameter)))
                : grouped;
    }

    private static Set<String> and(Set<String> labels, Set<String> more) {
        Set<String> both = new HashSet<>(labels);
        both.addAll(more);
        return both;
    }

    private static Set<String> text(Expr expr) {
        return expr.unwrapped() instanceof StringLiteral literal ? Set.of(literal.value()) : Set.of();
    }

    private static Optional<Set<String>> ofGrouping(Aggregation aggregation) {
        Optional<Set<String>> inner = of(aggregation.argument());
        if (aggregation.grouping().by()) {
            Set<String> labels = new HashSet<>(aggregation.grouping().labels());
            inner.ifPresent(labels::retainAll);
            return Optional.of(labels);
        }
        return inner.map(labels -> {
            Set<String> left = new HashSet<>(labels);
            left.removeAll(aggregation.grouping().labels());
            return left;
        });
    }

    private static Optional<Set<String>> ofBinary(Binary binary) {
        if (binary.left().type() != ValueType.INSTANT_VECTOR) {
            return of(binary.right());
        }
        Optional<Set<String>> left = of(binary.left());
        if (binary.operator() == BinaryOperator.OR) {
            return left.flatMap(one -> of(binary.right()).map(other -> and(one, other)));
        }
        VectorMatching matching = binary.matching();
        Set<String> included = Set.copyOf(matching.included());
        boolean joined = binary.right().type() == ValueType.INSTANT_VECTOR
                && binary.operator().kind() != BinaryOperator.Kind.SET
                && matching.on();
        return switch (matching.cardinality()) {
            case ONE_TO_ONE -> joined ? Optional.of(Set.copyOf(matching.labels())) : left;
            case MANY_TO_ONE -> left.map(labels -> and(labels, included));
            case ONE_TO_MANY -> of(binary.right()).map(labels -> and(labels, included));
        };
    }

    private static Set<String> equalities(Call absent) {
        return Units.onlySelector(absent)
                .map(selector -> selector.matchers().stream()
                        .filter(matcher -> matcher.operator() == MatchOperator.EQUAL)
                        .map(LabelMatcher::label)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }
}
