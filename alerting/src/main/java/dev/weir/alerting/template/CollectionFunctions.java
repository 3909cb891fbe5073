package dev.weir.alerting.template;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** {@code len}, {@code index} and {@code slice}; of texts they count bytes of UTF-8. */
final class CollectionFunctions {
    private CollectionFunctions() {}

    static Value length(FunctionCall call) throws RenderFailure {
        Value value = call.argument(0);
        if (value instanceof Value.Text text) {
            return new Value.Whole(bytes(text).length);
        } else if (value instanceof Value.Labels labels) {
            return new Value.Whole(labels.labels().size());
        } else if (value instanceof Value.Elements elements) {
            return new Value.Whole(elements.samples().size());
        } else if (value instanceof Value.Arguments arguments) {
            return new Value.Whole(arguments.values().size());
        }
        throw call.failure("len of type " + value.goType());
    }

    static Value index(FunctionCall call) throws RenderFailure {
        Value value = call.argument(0);
        for (Value key : call.argumentsFrom(1)) {
            value = element(call, value, key);
        }
        return value;
    }

    static Value slice(FunctionCall call) throws RenderFailure {
        Value value = call.argument(0);
        boolean isText = value instanceof Value.Text;
        if (!isText && !(value instanceof Value.Elements)) {
            throw call.failure("can't slice item of type " + value.goType());
        }
        if (isText && call.arguments().size() == 4) {
            throw call.failure("cannot 3-index slice a string");
        }
        int length = (int) ((Value.Whole) length(call)).value();
        int from = call.arguments().size() > 1 ? position(call, call.argument(1), length) : 0;
        int to = call.arguments().size() > 2 ? position(call, call.argument(2), length) : length;
        if (call.arguments().size() > 3) {
            position(call, call.argument(3), length);
        }
        if (from > to) {
            throw call.failure("invalid slice index: " + from + " > " + to);
        }
        if (value instanceof Value.Elements elements) {
            return new Value.Elements(elements.samples().subList(from, to));
        }
        return new Value.Text(
                new String(Arrays.copyOfRange(bytes((Value.Text) value), from, to), StandardCharsets.UTF_8));
    }

    private static Value element(FunctionCall call, Value value, Value key) throws RenderFailure {
        if (value instanceof Value.Labels labels && key instanceof Value.Text name) {
            return new Value.Text(labels.labels().getOrDefault(name.text(), ""));
        } else if (value instanceof Value.Arguments arguments && key instanceof Value.Text name) {
            return arguments.values().getOrDefault(name.text(), new Value.Nothing());
        } else if (value instanceof Value.Elements elements) {
            List<Value.Element> samples = elements.samples();
            return samples.get(below(call, key, samples.size()));
        } else if (value instanceof Value.Text text) {
            byte[] bytes = bytes(text);
            return new Value.Whole(bytes[below(call, key, bytes.length)] & 0xff);
        }
        throw call.failure("can't index item of type " + value.goType() + " with " + key.goType());
    }

    private static int below(FunctionCall call, Value index, int length) throws RenderFailure {
        int position = position(call, index, length);
        if (position == length) {
            throw call.failure("index out of range: " + position);
        }
        return position;
    }

    private static int position(FunctionCall call, Value index, int length) throws RenderFailure {
        if (!(index instanceof Value.Whole whole)) {
            throw call.failure("cannot index slice/array with type " + index.goType());
        }
        if (whole.value() < 0 || whole.value() > length) {
            throw call.failure("index out of range: " + whole.value());
        }
        return (int) whole.value();
    }

    private static byte[] bytes(Value.Text text) {
        return text.text().getBytes(StandardCharsets.UTF_8);
    }
}
