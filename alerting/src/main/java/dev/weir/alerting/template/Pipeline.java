package dev.weir.alerting.template;

import dev.weir.alerting.template.TemplateFunction.RenderFailure;
import java.util.ArrayList;
import java.util.List;

/** Commands between <code>{{</code> and <code>}}</code>; each gets the result of the one before as last argument. */
record Pipeline(List<Command> commands) {
    Pipeline {
        commands = List.copyOf(commands);
    }

    Value evaluate(TemplateData data) throws RenderFailure {
        Value result = commands.get(0).operand().read(data);
        if (commands.get(0).operand() instanceof FunctionName name) {
            result = name.function().apply(commands.get(0).values(data));
        }
        for (Command command : commands.subList(1, commands.size())) {
            List<Value> values = new ArrayList<>(command.values(data));
            values.add(result);
            result = ((FunctionName) command.operand()).function().apply(values);
        }
        return result;
    }

    /** An operand, or a function and its arguments. */
    record Command(Operand operand, List<Operand> arguments) {
        Command {
            arguments = List.copyOf(arguments);
        }

        List<Value> values(TemplateData data) throws RenderFailure {
            List<Value> values = new ArrayList<>();
            for (Operand argument : arguments) {
                values.add(argument.read(data));
            }
            return values;
        }
    }

    /** Something with a value. */
    sealed interface Operand {
        Value read(TemplateData data) throws RenderFailure;
    }

    /** A value written out. */
    record Literal(Value value) implements Operand {
        @Override
        public Value read(TemplateData data) {
            return value;
        }
    }

    /** {@code $value}. */
    record SampleValue() implements Operand {
        @Override
        public Value read(TemplateData data) {
            return new Value.Numeric(data.value());
        }
    }

    /** {@code $labels}. */
    record AllLabels() implements Operand {
        @Override
        public Value read(TemplateData data) {
            return new Value.Labels(data.labels());
        }
    }

    /** {@code $labels.name}: the empty text if there is no such label. */
    record Label(String name) implements Operand {
        @Override
        public Value read(TemplateData data) {
            return new Value.Text(data.labels().getOrDefault(name, ""));
        }
    }

    /** Name of a function at the head of a command; as a value it stands for nothing. */
    record FunctionName(TemplateFunction function) implements Operand {
        @Override
        public Value read(TemplateData data) {
            return new Value.Text("");
        }
    }

    /** A pipeline in parentheses. */
    record Nested(Pipeline pipeline) implements Operand {
        @Override
        public Value read(TemplateData data) throws RenderFailure {
            return pipeline.evaluate(data);
        }
    }
}
