package dev.weir.alerting.template;

import dev.weir.alerting.promql.Expr;
import java.util.List;

/**
 * Operands each of which is the last argument of the next.
 *
 * @param variables that get the result, the dollar sign included; two in a range: index and element
 * @param declares true if the variables are new, false if they exist
 * @param stages at least one; all behind the first are calls
 */
record Pipeline(List<String> variables, boolean declares, List<Operand> stages) {
    Pipeline {
        variables = List.copyOf(variables);
        stages = List.copyOf(stages);
    }

    /** Something with a value. */
    sealed interface Operand {
        /** A value written out. */
        record Literal(Value value) implements Operand {}

        /** {@code .}. */
        record Dot() implements Operand {}

        /** {@code $name}, or {@code $} alone: what the template was given. */
        record Variable(String name) implements Operand {}

        /** {@code base.name}. */
        record Field(Operand base, String name) implements Operand {}

        /** A pipeline in parentheses. */
        record Nested(Pipeline pipeline) implements Operand {}

        /** A function and its arguments, without one that comes through the pipe. */
        record Call(TemplateFunction function, List<Operand> arguments) implements Operand {
            public Call {
                arguments = List.copyOf(arguments);
            }
        }

        /** {@code query}: the expression is known when the template is read. */
        record Query(Expr expr) implements Operand {}
    }
}
