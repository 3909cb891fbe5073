package dev.weir.alerting.promql;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Node of the syntax tree of an expression; the position is where its text begins. */
public sealed interface Expr {
    Position position();

    ValueType type();

    /** A number. */
    record NumberLiteral(double value, Position position) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.SCALAR;
        }
    }

    /** A quoted text. */
    record StringLiteral(String value, Position position) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.STRING;
        }
    }

    /**
     * The series with this metric name whose labels fulfil all matchers.
     *
     * @param metric empty if the name is not given but matched, by a matcher on {@code __name__}
     * @param offset how long before the evaluation; negative after it
     * @param at the instant that {@code @} names; null for the evaluation's own
     */
    record VectorSelector(
            String metric,
            List<LabelMatcher> matchers,
            Duration offset,
            @Nullable AtModifier at,
            Position position) implements Expr {
        public VectorSelector {
            matchers = List.copyOf(matchers);
        }

        @Override
        public ValueType type() {
            return ValueType.INSTANT_VECTOR;
        }
    }

    /** The samples of the selected series over the time before the tick. */
    record RangeSelector(VectorSelector selector, Duration range, Position position) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.RANGE_VECTOR;
        }
    }

    /**
     * An expression evaluated at each step of a range.
     *
     * @param step null for the evaluation interval
     */
    record Subquery(
            Expr inner,
            Duration range,
            @Nullable Duration step,
            Duration offset,
            @Nullable AtModifier at,
            Position position)
            implements Expr {
        @Override
        public ValueType type() {
            return ValueType.RANGE_VECTOR;
        }
    }

    /** A function applied to arguments. */
    record Call(Function function, List<Expr> arguments, Position position) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public ValueType type() {
            return function.result();
        }
    }

    /**
     * One sample a group of labels; of {@code topk} and {@code bottomk} some of its own.
     *
     * @param parameter what stands before the vector; null where the operator takes none
     */
    record Aggregation(
            AggregationOperator operator,
            Grouping grouping,
            @Nullable Expr parameter,
            Expr argument,
            Position position) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.INSTANT_VECTOR;
        }
    }

    /** An operator between two expressions; {@code bool} makes a comparison give 0 or 1 instead of filtering. */
    record Binary(
            BinaryOperator operator, boolean bool, VectorMatching matching, Expr left, Expr right, Position position)
            implements Expr {
        @Override
        public ValueType type() {
            boolean scalars = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
            return scalars ? ValueType.SCALAR : ValueType.INSTANT_VECTOR;
        }
    }

    /** Minus in front of an expression; a plus leaves no node. */
    record Negation(Expr operand, Position position) implements Expr {
        @Override
        public ValueType type() {
            return operand.type();
        }
    }

    /** An expression in parentheses. */
    record Parentheses(Expr inner, Position position) implements Expr {
        @Override
        public ValueType type() {
            return inner.type();
        }
    }

    /** The expressions directly inside this one, in the order of the text. */
    default List<Expr> parts() {
        if (this instanceof RangeSelector range) {
            return List.of(range.selector());
        } else if (this instanceof Subquery subquery) {
            return List.of(subquery.inner());
        } else if (this instanceof Call call) {
            return call.arguments();
        } else if (this instanceof Aggregation aggregation) {
            Expr parameter = aggregation.parameter();
            return parameter == null ? List.of(aggregation.argument()) : List.of(parameter, aggregation.argument());
        } else if (this instanceof Binary binary) {
            return List.of(binary.left(), binary.right());
        } else if (this instanceof Negation negation) {
            return List.of(negation.operand());
        } else if (this instanceof Parentheses parentheses) {
            return List.of(parentheses.inner());
        }
        return List.of();
    }

    /** Visits this expression and everything inside it, outermost first. */
    default void forEach(Consumer<Expr> visitor) {
        visitor.accept(this);
        parts().forEach(part -> part.forEach(visitor));
    }

    /** This expression without the parentheses around it. */
    default Expr unwrapped() {
        Expr expr = this;
        while (expr instanceof Parentheses parentheses) {
            expr = parentheses.inner();
        }
        return expr;
    }
}
