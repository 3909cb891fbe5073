package dev.weir.alerting.eval;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.Parentheses;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates a parsed expression at one time. Made for one evaluation; not thread-safe. */
public final class Evaluator {
    private final EvaluationTime time;
    private final SelectorReader selectors;
    private final FunctionCalls functions;

    private Evaluator(PaneSource source, EvaluationTime time) {
        this.time = time;
        this.selectors = new SelectorReader(source, time);
        this.functions = new FunctionCalls(this, selectors, time);
    }

    /** The samples of an expression at a tick: {@link #evaluate(Expr, EvaluationTime, PaneSource)}. */
    public static Evaluation evaluate(Expr expr, long tickMs, PaneSource source) {
        return evaluate(expr, EvaluationTime.tick(tickMs), source);
    }

    /**
     * The samples of an expression; a scalar is one sample without labels.
     *
     * @param expr as {@link dev.weir.alerting.promql.PromqlParser#parse} gave it
     * @throws EvaluationException if the series that are there do not permit it
     */
    public static Evaluation evaluate(Expr expr, EvaluationTime time, PaneSource source) {
        Evaluator evaluator = new Evaluator(source, time);
        List<Sample> samples = expr.type() == ValueType.SCALAR
                ? List.of(Sample.of(Map.of(), evaluator.scalar(expr)))
                : evaluator.vector(expr);
        return new Evaluation(samples.stream().sorted(Sample.BY_LABELS).toList(), evaluator.selectors.inputs());
    }

    /** The value of an expression of type scalar. */
    double scalar(Expr expr) {
        if (expr instanceof NumberLiteral number) {
            return number.value();
        } else if (expr instanceof Parentheses parentheses) {
            return scalar(parentheses.inner());
        } else if (expr instanceof Negation negation) {
            return -scalar(negation.operand());
        } else if (expr instanceof Binary binary) {
            return Arithmetic.value(binary.operator(), scalar(binary.left()), scalar(binary.right()));
        } else if (expr instanceof Call call) {
            return scalar(call);
        }
        throw new IllegalArgumentException("expression is no scalar: " + expr);
    }

    private double scalar(Call call) {
        return switch (call.function()) {
            case TIME -> time.nowSeconds();
            case PI -> Math.PI;
            case SCALAR -> {
                List<Sample> samples = vector(call.arguments().get(0));
                yield samples.size() == 1 ? samples.get(0).value() : Double.NaN;
            }
            default -> throw new IllegalArgumentException("function is no scalar: " + call.function());
        };
    }

    /** The samples of an expression of type instant vector, each label set once, in any order. */
    List<Sample> vector(Expr expr) {
        if (expr instanceof Parentheses parentheses) {
            return vector(parentheses.inner());
        } else if (expr instanceof VectorSelector selector) {
            return unique(selectors.instant(selector));
        } else if (expr instanceof Call call) {
            return unique(functions.call(call));
        } else if (expr instanceof Aggregation aggregation) {
            return aggregated(aggregation);
        } else if (expr instanceof Negation negation) {
            return unique(
                    vector(negation.operand()).stream().map(Evaluator::negated).toList());
        } else if (expr instanceof Binary binary) {
            return unique(binary(binary));
        }
        throw new IllegalArgumentException("expression is no instant vector: " + expr);
    }

    private static List<Sample> unique(List<Sample> samples) {
        Set<Map<String, String>> seen = new HashSet<>();
        for (Sample sample : samples) {
            if (!seen.add(sample.labels())) {
                throw new EvaluationException(
                        "vector cannot contain metrics with the same labelset: " + Sample.text(sample.labels()));
            }
        }
        return samples;
    }

    private List<Sample> aggregated(Aggregation aggregation) {
        List<Sample> samples = vector(aggregation.argument());
        Expr parameter = aggregation.parameter();
        if (parameter == null) {
            return Aggregations.aggregate(aggregation, samples);
        }
        if (parameter.unwrapped() instanceof StringLiteral label) {
            return Aggregations.countValues(aggregation.grouping(), label.value(), samples);
        }
        return Aggregations.aggregate(aggregation, scalar(parameter), samples);
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
        Bounds bounds = sample.bounds() == null ? null : sample.bounds().map(value -> -value);
        return new Sample(Sample.withoutName(sample.labels()), -sample.value(), bounds);
    }
}
