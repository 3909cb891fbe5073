package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Function.Arity;
import dev.weir.alerting.promql.VectorMatching.Cardinality;
import java.util.List;

/** Checks that every operator and function gets what it can take; messages as Prometheus words them. */
final class TypeChecker {
    private TypeChecker() {}

    static void check(Expr root) {
        if (root.type() == ValueType.RANGE_VECTOR || root.type() == ValueType.STRING) {
            throw new PromqlException(
                    root.position(),
                    "a rule's expression must be a scalar or an instant vector, got "
                            + root.type().words());
        }
        root.forEach(TypeChecker::visit);
    }

    private static void visit(Expr expr) {
        if (expr instanceof Call call) {
            checkCall(call);
        } else if (expr instanceof Aggregation aggregation) {
            checkAggregation(aggregation);
        } else if (expr instanceof Binary binary) {
            checkBinary(binary);
        }
    }

    private static void checkCall(Call call) {
        Function function = call.function();
        checkArity(call, function.parameters().size(), call.arguments().size());
        for (int i = 0; i < call.arguments().size(); i++) {
            expect(call.arguments().get(i), function.parameter(i), "call to function \"" + function.symbol() + "\"");
        }
    }

    private static void checkArity(Call call, int parameters, int arguments) {
        Arity arity = call.function().arity();
        int least = arity == Arity.FIXED ? parameters : parameters - 1;
        if (arguments >= least && (arguments <= parameters || arity == Arity.LAST_REPEATED)) {
            return;
        }
        String expected = arity == Arity.FIXED
                ? String.valueOf(parameters)
                : arguments < least ? "at least " + least : "at most " + parameters;
        throw new PromqlException(
                call.position(),
                "expected " + expected + " argument(s) in call to \""
                        + call.function().symbol() + "\", got " + arguments);
    }

    private static void checkAggregation(Aggregation aggregation) {
        expect(aggregation.argument(), ValueType.INSTANT_VECTOR, "aggregation expression");
        Expr parameter = aggregation.parameter();
        if (parameter != null) {
            aggregation.operator().parameter().ifPresent(type -> expect(parameter, type, "aggregation parameter"));
        }
    }

    private static void checkBinary(Binary binary) {
        for (Expr side : List.of(binary.left(), binary.right())) {
            if (side.type() == ValueType.RANGE_VECTOR || side.type() == ValueType.STRING) {
                throw new PromqlException(
                        side.position(), "binary expression must contain only scalar and instant vector types");
            }
        }
        if (binary.type() == ValueType.SCALAR
                && binary.operator().kind() == BinaryOperator.Kind.COMPARISON
                && !binary.bool()) {
            throw new PromqlException(binary.position(), "comparisons between scalars must use BOOL modifier");
        }
        checkMatching(binary);
    }

    private static void checkMatching(Binary binary) {
        VectorMatching matching = binary.matching();
        boolean set = binary.operator().kind() == BinaryOperator.Kind.SET;
        String operator = "\"" + binary.operator().symbol() + "\"";
        boolean vectors = binary.left().type() == ValueType.INSTANT_VECTOR
                && binary.right().type() == ValueType.INSTANT_VECTOR;
        if (!vectors && set) {
            throw new PromqlException(
                    binary.position(), "set operator " + operator + " not allowed in binary scalar expression");
        }
        if (!vectors && !matching.equals(VectorMatching.ALL_LABELS)) {
            throw new PromqlException(binary.position(), "vector matching only allowed between instant vectors");
        }
        if (set && matching.cardinality() != Cardinality.ONE_TO_ONE) {
            throw new PromqlException(binary.position(), "no grouping allowed for " + operator + " operation");
        }
        if (matching.on()) {
            matching.labels().stream()
                    .filter(matching.included()::contains)
                    .findFirst()
                    .ifPresent(label -> {
                        throw new PromqlException(
                                binary.position(),
                                "label \"" + label + "\" must not occur in ON and GROUP clause at once");
                    });
        }
    }

    private static void expect(Expr expr, ValueType expected, String context) {
        if (expr.type() != expected) {
            throw new PromqlException(
                    expr.position(),
                    "expected type " + expected.words() + " in " + context + ", got "
                            + expr.type().words());
        }
    }
}
