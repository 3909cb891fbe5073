package dev.weir.alerting.lint;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Function;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.alerting.promql.MatchOperator;
import dev.weir.alerting.promql.ValueType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The labels that samples of an expression can have; empty where they can have any. */
final class ResultLabels {
    private ResultLabels() {}

    static Optional<Set<String>> of(Expr wrapped) {
        Expr expr = wrapped.unwrapped();
        if (expr instanceof Aggregation aggregation) {
            return ofAggregation(aggregation);
        } else if (expr instanceof Call call && call.function() == Function.ABSENT) {
            return Optional.of(equalities(call));
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

    private static Optional<Set<String>> ofAggregation(Aggregation aggregation) {
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
            return left.flatMap(one -> of(binary.right()).map(other -> {
                Set<String> either = new HashSet<>(one);
                either.addAll(other);
                return either;
            }));
        }
        boolean joined = binary.right().type() == ValueType.INSTANT_VECTOR
                && binary.operator().kind() != BinaryOperator.Kind.SET
                && binary.matching().on();
        return joined ? Optional.of(new HashSet<>(binary.matching().labels())) : left;
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
