package dev.weir.alerting.promql;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

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

    /** A quoted text; no accepted function takes one yet, so it lives only until the types are checked. */
    record StringLiteral(String value, Position position) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.STRING;
        }
    }

    /** The series with this metric name whose labels fulfil all matchers. */
    record VectorSelector(String metric, List<LabelMatcher> matchers, Position position) implements Expr {
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

    /** A function applied to arguments. */
    record Call(Function function, List<Expr> arguments, Position position) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public ValueType type() {
            return ValueType.INSTANT_VECTOR;
        }
    }

    /** One sample a group of labels. */
    record Aggregation(AggregationOperator operator, Grouping grouping, Expr argument, Position position)
            implements Expr {
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
        } else if (this instanceof Call call) {
            return call.arguments();
        } else if (this instanceof Aggregation aggregation) {
            return List.of(aggregation.argument());
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
