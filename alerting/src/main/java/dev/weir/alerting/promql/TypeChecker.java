package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.Parentheses;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.util.List;

/** Checks that every operator and function gets what it can take; messages as Prometheus words them. */
final class TypeChecker {
    private static final String OUTCOME = "outcome";

    private TypeChecker() {}

    static void check(Expr root) {
        if (root.type() == ValueType.RANGE_VECTOR || root.type() == ValueType.STRING) {
            throw new PromqlException(
                    root.position(),
                    "a rule's expression must be a scalar or an instant vector, got "
                            + root.type().words());
        }
        visit(root);
    }

    private static void visit(Expr expr) {
        if (expr instanceof Call call) {
            checkCall(call);
            call.arguments().forEach(TypeChecker::visit);
        } else if (expr instanceof Aggregation aggregation) {
            expect(aggregation.argument(), ValueType.INSTANT_VECTOR, "aggregation expression");
            checkOutcome(aggregation);
            visit(aggregation.argument());
        } else if (expr instanceof Binary binary) {
            checkBinary(binary);
            visit(binary.left());
            visit(binary.right());
        } else if (expr instanceof Negation negation) {
            visit(negation.operand());
        } else if (expr instanceof Parentheses parentheses) {
            visit(parentheses.inner());
        } else if (expr instanceof RangeSelector range) {
            visit(range.selector());
        } else if (expr instanceof VectorSelector selector) {
            checkSelector(selector);
        } else if (expr instanceof StringLiteral string) {
            throw new PromqlException(string.position(), "a string is not supported here");
        }
    }

    private static void checkCall(Call call) {
        Function function = call.function();
        List<ValueType> parameters = function.parameters();
        if (call.arguments().size() != parameters.size()) {
            throw new PromqlException(
                    call.position(),
                    "expected " + parameters.size() + " argument(s) in call to \"" + function.symbol() + "\", got "
                            + call.arguments().size());
        }
        for (int i = 0; i < parameters.size(); i++) {
            expect(call.arguments().get(i), parameters.get(i), "call to function \"" + function.symbol() + "\"");
        }
        if (function == Function.ABSENT && !(call.arguments().get(0).unwrapped() instanceof VectorSelector)) {
            throw new PromqlException(
                    call.arguments().get(0).position(),
                    "absent of an expression is not supported; it takes a selector");
        }
        if (function == Function.HISTOGRAM_QUANTILE) {
            BucketRates.check(call.arguments().get(1));
        }
    }

    /** Counts have the label outcome only where a matcher asks for it; a group by it would silently be the total. */
    private static void checkOutcome(Aggregation aggregation) {
        if (!aggregation.grouping().by() || !aggregation.grouping().keeps(OUTCOME)) {
            return;
        }
        aggregation.forEach(part -> {
            if (part instanceof VectorSelector selector
                    && selector.matchers().stream()
                            .noneMatch(matcher -> matcher.label().equals(OUTCOME))) {
                throw new PromqlException(
                        selector.position(),
                        "a group by outcome needs a matcher on it in each selector, such as {outcome=~\".+\"}");
            }
        });
    }

    private static void checkBinary(Binary binary) {
        String operator = binary.operator().symbol();
        for (Expr side : List.of(binary.left(), binary.right())) {
            if (side.type() == ValueType.RANGE_VECTOR || side.type() == ValueType.STRING) {
                throw new PromqlException(
                        side.position(), "binary expression must contain only scalar and instant vector types");
            }
        }
        boolean bothScalar = binary.type() == ValueType.SCALAR;
        boolean bothVectors = binary.left().type() == ValueType.INSTANT_VECTOR
                && binary.right().type() == ValueType.INSTANT_VECTOR;
        if (bothScalar && binary.operator().kind() == BinaryOperator.Kind.COMPARISON && !binary.bool()) {
            throw new PromqlException(binary.position(), "comparisons between scalars must use BOOL modifier");
        }
        if (!bothVectors && binary.operator().kind() == BinaryOperator.Kind.SET) {
            throw new PromqlException(
                    binary.position(), "set operator \"" + operator + "\" not allowed in binary scalar expression");
        }
        if (!bothVectors && !binary.matching().equals(VectorMatching.ALL_LABELS)) {
            throw new PromqlException(binary.position(), "vector matching only allowed between instant vectors");
        }
    }

    private static void checkSelector(VectorSelector selector) {
        if (!selector.metric().matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
            throw new PromqlException(
                    selector.position(),
                    "metric name is \"" + selector.metric() + "\", must match [a-zA-Z_:][a-zA-Z0-9_:]*");
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
