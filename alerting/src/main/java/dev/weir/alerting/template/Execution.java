package dev.weir.alerting.template;

import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.template.Node.Flow;
import dev.weir.alerting.template.Pipeline.Operand;
import dev.weir.alerting.template.Value.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One rendering of a template. Bounds: its {@link Work}, and {@value #MAX_DEPTH} actions within one another. */
final class Execution {
    private static final int MAX_DEPTH = 100;

    private final Map<String, List<Node>> defined;
    private final TemplateData data;
    private final BoundedText out = new BoundedText();
    private List<Variable> variables = new ArrayList<>();
    private final Work work = new Work();
    private int depth;

    Execution(Map<String, List<Node>> defined, TemplateData data) {
        this.defined = defined;
        this.data = data;
    }

    /** A variable and its present value. */
    private static final class Variable {
        private final String name;
        private Value value;

        Variable(String name, Value value) {
            this.name = name;
            this.value = value;
        }
    }

    String render(List<Node> nodes) throws RenderFailure {
        Value alert = new Value.Alert(data);
        declare("$", alert);
        for (String name : List.of("Labels", "ExternalLabels", "ExternalURL", "Value")) {
            declare("$" + Character.toLowerCase(name.charAt(0)) + name.substring(1), field(alert, name));
        }
        run(nodes, alert);
        return out.toString();
    }

    private Flow run(List<Node> nodes, Value dot) throws RenderFailure {
        if (++depth > MAX_DEPTH) {
            throw new RenderFailure("templates are nested deeper than " + MAX_DEPTH);
        }
        Flow flow = Flow.NEXT;
        for (int i = 0; i < nodes.size() && flow == Flow.NEXT; i++) {
            work.spend(1);
            flow = run(nodes.get(i), dot);
        }
        depth--;
        return flow;
    }

    private Flow run(Node node, Value dot) throws RenderFailure {
        int scope = variables.size();
        if (node instanceof Node.Plain plain) {
            out.append(plain.text());
        } else if (node instanceof Node.Action action) {
            Value value = evaluate(action.pipeline(), dot);
            if (action.pipeline().variables().isEmpty()) {
                GoPrint.write(value, out);
            }
            return Flow.NEXT;
        } else if (node instanceof Node.Jump jump) {
            return jump.flow();
        } else if (node instanceof Node.If branch) {
            boolean holds = evaluate(branch.condition(), dot).isTrue();
            return closing(scope, run(holds ? branch.then() : branch.otherwise(), dot));
        } else if (node instanceof Node.With with) {
            Value value = evaluate(with.value(), dot);
            return closing(scope, value.isTrue() ? run(with.then(), value) : run(with.otherwise(), dot));
        } else if (node instanceof Node.Range range) {
            return closing(scope, run(range, dot));
        } else if (node instanceof Node.Invoke invoke) {
            invoke(invoke, dot);
        }
        return Flow.NEXT;
    }

    /** Forgets the variables of an inner scope. */
    private Flow closing(int scope, Flow flow) {
        variables.subList(scope, variables.size()).clear();
        return flow;
    }

    private Flow run(Node.Range range, Value dot) throws RenderFailure {
        Value collection = valueOf(range.elements(), dot);
        Map<Value, Value> elements = elements(collection);
        if (elements.isEmpty()) {
            return run(range.otherwise(), dot);
        }
        List<String> names = range.elements().variables();
        int scope = variables.size();
        for (Map.Entry<Value, Value> element : elements.entrySet()) {
            work.spend(1);
            if (!names.isEmpty()) {
                set(
                        names.get(names.size() - 1),
                        element.getValue(),
                        range.elements().declares());
            }
            if (names.size() > 1) {
                set(names.get(0), element.getKey(), range.elements().declares());
            }
            Flow flow = closing(scope, run(range.each(), element.getValue()));
            if (flow == Flow.BREAK) {
                break;
            }
        }
        return Flow.NEXT;
    }

    private static Map<Value, Value> elements(Value collection) throws RenderFailure {
        Map<Value, Value> elements = new LinkedHashMap<>();
        if (collection instanceof Value.Elements samples) {
            for (Element sample : samples.samples()) {
                elements.put(new Value.Whole(elements.size()), sample);
            }
        } else if (collection instanceof Value.Labels labels) {
            labels.labels().forEach((name, value) -> elements.put(new Value.Text(name), new Value.Text(value)));
        } else if (collection instanceof Value.Arguments arguments) {
            arguments.values().forEach((name, value) -> elements.put(new Value.Text(name), value));
        } else if (!(collection instanceof Value.Nothing)) {
            throw new RenderFailure("range can't iterate over " + GoPrint.text(collection));
        }
        return elements;
    }

    private void invoke(Node.Invoke invoke, Value dot) throws RenderFailure {
        Value given = invoke.dot().isPresent() ? evaluate(invoke.dot().get(), dot) : new Value.Nothing();
        List<Variable> outer = variables;
        variables = new ArrayList<>();
        declare("$", given);
        run(defined.getOrDefault(invoke.name(), List.of()), given);
        variables = outer;
    }

    /** The value of a pipeline, whose variables are set. */
    private Value evaluate(Pipeline pipeline, Value dot) throws RenderFailure {
        Value value = valueOf(pipeline, dot);
        for (String name : pipeline.variables()) {
            set(name, value, pipeline.declares());
        }
        return value;
    }

    private Value valueOf(Pipeline pipeline, Value dot) throws RenderFailure {
        Value value = evaluate(pipeline.stages().get(0), dot, List.of());
        for (Operand stage : pipeline.stages().subList(1, pipeline.stages().size())) {
            value = evaluate(stage, dot, List.of(value));
        }
        return value;
    }

    private Value evaluate(Operand operand, Value dot, List<Value> piped) throws RenderFailure {
        if (operand instanceof Operand.Literal literal) {
            return literal.value();
        } else if (operand instanceof Operand.Dot) {
            return dot;
        } else if (operand instanceof Operand.Variable variable) {
            return variable(variable.name()).value;
        } else if (operand instanceof Operand.Field field) {
            return field(evaluate(field.base(), dot, List.of()), field.name());
        } else if (operand instanceof Operand.Nested nested) {
            return evaluate(nested.pipeline(), dot);
        } else if (operand instanceof Operand.Query query) {
            return query(query.expr());
        } else if (operand instanceof Operand.Call call) {
            return call(call, dot, piped);
        }
        throw new IllegalArgumentException("unknown operand " + operand);
    }

    private Value call(Operand.Call call, Value dot, List<Value> piped) throws RenderFailure {
        List<Value> arguments = new ArrayList<>();
        for (Operand argument : call.arguments()) {
            Value value = evaluate(argument, dot, List.of());
            if (call.function().endsAt(value)) {
                return value;
            }
            arguments.add(value);
        }
        arguments.addAll(piped);
        work.spend(1);
        for (Value argument : arguments) {
            if (argument instanceof Value.Text text) {
                work.read(text.text());
            }
        }
        return call.function().apply(arguments, data.context(), work);
    }

    private Value query(Expr expr) throws RenderFailure {
        work.spend(1);
        List<Element> elements = new ArrayList<>();
        try {
            for (Sample sample : data.context().query().samples(expr)) {
                elements.add(new Element(sample.labels(), sample.value()));
            }
        } catch (EvaluationException e) {
            throw new RenderFailure("error calling query: " + e.getMessage());
        }
        return new Value.Elements(elements);
    }

    private static Value field(Value value, String name) throws RenderFailure {
        if (value instanceof Value.Labels labels) {
            return new Value.Text(labels.labels().getOrDefault(name, ""));
        } else if (value instanceof Value.Arguments arguments) {
            return arguments.values().getOrDefault(name, new Value.Nothing());
        } else if (value instanceof Element element && name.equals("Labels")) {
            return new Value.Labels(element.labels());
        } else if (value instanceof Element element && name.equals("Value")) {
            return new Value.Numeric(element.value());
        } else if (value instanceof Value.Alert alert) {
            return field(alert, name);
        } else if (value instanceof Value.Nothing) {
            throw new RenderFailure("nil data; no entry for key \"" + name + "\"");
        }
        throw new RenderFailure("can't evaluate field " + name + " in type " + value.goType());
    }

    private static Value field(Value.Alert alert, String name) throws RenderFailure {
        TemplateData data = alert.data();
        return switch (name) {
            case "Labels" -> new Value.Labels(data.labels());
            case "ExternalLabels" -> new Value.Labels(data.context().external().labels());
            case "ExternalURL" -> new Value.Text(data.context().external().url());
            case "Value" -> new Value.Numeric(data.value());
            default -> throw new RenderFailure("can't evaluate field " + name + " in type " + alert.goType());
        };
    }

    private void set(String name, Value value, boolean declares) {
        if (declares) {
            declare(name, value);
        } else {
            variable(name).value = value;
        }
    }

    private void declare(String name, Value value) {
        variables.add(new Variable(name, value));
    }

    /** The innermost variable of a name; the parser has made sure that there is one. */
    private Variable variable(String name) {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name.equals(name)) {
                return variables.get(i);
            }
        }
        throw new IllegalArgumentException("undefined variable " + name);
    }
}
