package dev.weir.alerting.eval;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr.Binary;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Operators between a scalar and each sample of a vector. */
final class ScalarOperations {
    private ScalarOperations() {}

    static List<Sample> scalarLeft(Binary binary, double left, List<Sample> right) {
        return right.stream()
                .flatMap(sample ->
                        apply(binary, sample, value -> Arithmetic.value(binary.operator(), left, value)).stream())
                .toList();
    }

    static List<Sample> scalarRight(Binary binary, List<Sample> left, double right) {
        return left.stream()
                .flatMap(sample ->
                        apply(binary, sample, value -> Arithmetic.value(binary.operator(), value, right)).stream())
                .toList();
    }

    /** A comparison without bool keeps the samples for which it holds as they are. */
    private static Optional<Sample> apply(Binary binary, Sample sample, DoubleUnaryOperator function) {
        double result = function.applyAsDouble(sample.value());
        if (binary.operator().kind() == BinaryOperator.Kind.COMPARISON) {
            if (!binary.bool()) {
                return result == 1 ? Optional.of(sample) : Optional.empty();
            }
            return Optional.of(new Sample(Sample.withoutName(sample.labels()), result, null));
        }
        Sample named = binary.operator().keepsName() ? sample : sample.unnamed();
        return Optional.of(new Sample(named.labels(), result, bounds(binary, sample, function)));
    }

    private static @Nullable Bounds bounds(Binary binary, Sample sample, DoubleUnaryOperator function) {
        boolean monotone = switch (binary.operator()) {
            case ADD, SUBTRACT, MULTIPLY -> true;
            case DIVIDE -> sample.bounds() != null && sample.bounds().low() > 0;
            default -> false;
        };
        return monotone && sample.bounds() != null ? sample.bounds().map(function) : null;
    }
}
