package dev.weir.alerting.template;

import dev.weir.alerting.template.Value.Element;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Functions over the samples of queries, and {@code args}. */
final class QueryFunctions {
    private static final int MAX_DEPTH = 50;

    private QueryFunctions() {}

    static Value first(FunctionCall call) throws RenderFailure {
        List<Element> samples = call.elements(0).samples();
        if (samples.isEmpty()) {
            throw call.failure("first() called on vector with no elements");
        }
        return samples.get(0);
    }

    static Value sortByLabel(FunctionCall call) throws RenderFailure {
        String label = call.text(0);
        return new Value.Elements(call.elements(1).samples().stream()
                .sorted(Comparator.comparing(sample -> sample.labels().getOrDefault(label, "")))
                .toList());
    }

    static Value args(FunctionCall call) throws RenderFailure {
        SortedMap<String, Value> values = new TreeMap<>();
        int depth = 1;
        for (int i = 0; i < call.arguments().size(); i++) {
            values.put("arg" + i, call.argument(i));
            depth = call.argument(i) instanceof Value.Arguments inner ? Math.max(depth, inner.depth() + 1) : depth;
        }
        if (depth > MAX_DEPTH) {
            throw call.failure("arguments are nested deeper than " + MAX_DEPTH);
        }
        return new Value.Arguments(values, depth);
    }
}
