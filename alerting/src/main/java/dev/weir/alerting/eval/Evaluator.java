package dev.weir.alerting.eval;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.Parentheses;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.ValueType;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evaluates a parsed expression at one tick. Made for one evaluation; not thread-safe. */
public final class Evaluator {
    private static final Comparator<Sample> BY_LABELS =
            Comparator.comparing(sample -> sample.labels().toString());

    private final SelectorReader selectors;
    private final FunctionCalls functions;

    private Evaluator(PaneSource source, long tickMs) {
        this.selectors = new SelectorReader(source, tickMs);
        this.functions = new FunctionCalls(selectors, this::scalar);
    }

    /**
     * The samples of an expression at a tick; a scalar is one sample without labels.
     *
     * @param expr as {@link dev.weir.alerting.promql.PromqlParser#parse} gave it
     * @throws EvaluationException if the series that are there do not permit it
     */
    public static Evaluation evaluate(Expr expr, long tickMs, PaneSource source) {
        Evaluator evaluator = new Evaluator(source, tickMs);
        List<Sample> samples = expr.type() == ValueType.SCALAR
                ? List.of(Sample.of(Map.of(), evaluator.scalar(expr)))
                : evaluator.vector(expr);
        checkUnique(samples);
        return new Evaluation(samples.stream().sorted(BY_LABELS).toList(), evaluator.selectors.inputs());
    }

    private static void checkUnique(List<Sample> samples) {
        Set<Map<String, String>> seen = new HashSet<>();
        for (Sample sample : samples) {
            if (!seen.add(sample.labels())) {
                throw new EvaluationException(
                        "vector cannot contain metrics with the same labelset: " + sample.labels());
            }
        }
    }

    private double scalar(Expr expr) {
        if (expr instanceof NumberLiteral number) {
            return number.value();
        } else if (expr instanceof Parentheses parentheses) {
            return scalar(parentheses.inner());
        } else if (expr instanceof Negation negation) {
            return -scalar(negation.operand());
        } else if (expr instanceof Binary binary) {
            return Arithmetic.value(binary.operator(), scalar(binary.left()), scalar(binary.right()));
        }
        throw new IllegalArgumentException("expression is no scalar: " + expr);
    }

    private List<Sample> vector(Expr expr) {
        if (expr instanceof VectorSelector selector) {
            return selectors.instant(selector);
        } else if (expr instanceof Parentheses parentheses) {
            return vector(parentheses.inner());
        } else if (expr instanceof Call call) {
            return functions.call(call);
        } else if (expr instanceof Aggregation aggregation) {
            return Aggregations.aggregate(aggregation, vector(aggregation.argument()));
        } else if (expr instanceof Negation negation) {
            return vector(negation.operand()).stream().map(Evaluator::negated).toList();
        } else if (expr instanceof Binary binary) {
            return binary(binary);
        } else if (expr instanceof RangeSelector || expr instanceof NumberLiteral || expr instanceof StringLiteral) {
            throw new IllegalArgumentException("expression is no instant vector: " + expr);
        }
        throw new IllegalArgumentException("unknown expression " + expr);
    }

    private List<Sample> binary(Binary binary) {
        boolean scalarLeft = binary.left().type() == ValueType.SCALAR;
        boolean scalarRight = binary.right().type() == ValueType.SCALAR;
        if (scalarLeft) {
            return ScalarOperations.scalarLeft(binary, scalar(binary.left()), vector(binary.right()));
        }
        if (scalarRight) {
            return ScalarOperations.scalarRight(binary, vector(binary.left()), scalar(binary.right()));
        }
        return VectorOperations.apply(binary, vector(binary.left()), vector(binary.right()));
    }

    private static Sample negated(Sample sample) {
        SortedMap<String, String> labels = new TreeMap<>(Sample.withoutName(sample.labels()));
        Bounds bounds = sample.bounds() == null ? null : sample.bounds().map(value -> -value);
        return new Sample(labels, -sample.value(), bounds);
    }
}
