package dev.weir.alerting.template;

import dev.weir.alerting.template.Value.Element;
import dev.weir.alerting.template.Value.Elements;
import java.util.List;

/** A function at work: its arguments, taken as the types that it wants, and what it may read besides. */
record FunctionCall(String function, List<Value> arguments, TemplateContext context, Work work) {
    FunctionCall {
        arguments = List.copyOf(arguments);
    }

    Value argument(int index) {
        return arguments.get(index);
    }

    List<Value> argumentsFrom(int index) {
        return arguments.subList(index, arguments.size());
    }

    String text(int index) throws RenderFailure {
        if (argument(index) instanceof Value.Text text) {
            return text.text();
        }
        throw wrongType(index, "string");
    }

    Elements elements(int index) throws RenderFailure {
        if (argument(index) instanceof Elements elements) {
            return elements;
        }
        throw wrongType(index, "template.queryResult");
    }

    Element element(int index) throws RenderFailure {
        if (argument(index) instanceof Element element) {
            return element;
        }
        throw wrongType(index, "*template.sample");
    }

    /** A number, or a text that is one. */
    double number(int index) throws RenderFailure {
        Value value = argument(index);
        if (value instanceof Value.Numeric number) {
            return number.value();
        } else if (value instanceof Value.Whole whole) {
            return (double) whole.value();
        } else if (value instanceof Value.Text text) {
            return GoFloat.parse(text.text())
                    .orElseThrow(() -> failure("parsing " + GoQuote.quote(text.text()) + ": invalid syntax"));
        }
        throw failure("can't convert " + value.goType() + " to float");
    }

    RenderFailure failure(String message) {
        return new RenderFailure("error calling " + function + ": " + message);
    }

    private RenderFailure wrongType(int index, String type) {
        return failure("wrong type for value; expected " + type + "; got "
                + argument(index).goType());
    }
}
