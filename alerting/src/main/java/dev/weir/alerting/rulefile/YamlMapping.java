package dev.weir.alerting.rulefile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML mapping with text keys; reading it adds a fault for each key or value of the wrong kind. */
public final class YamlMapping {
    private final Node node;
    private final Faults faults;
    private final Map<String, Entry> entries;

    private YamlMapping(Node node, Faults faults, Map<String, Entry> entries) {
        this.node = node;
        this.faults = faults;
        this.entries = entries;
    }

    /** The entries of a mapping; none, and a fault, if the node is another; {@code what} names it there. */
    public static YamlMapping of(Node node, String what, Faults faults) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                add(tuple, entries, faults);
            }
        } else if (!isNull(node)) {
            faults.add(node, what + " must be a mapping");
        }
        return new YamlMapping(node, faults, entries);
    }

    private static void add(NodeTuple tuple, Map<String, Entry> entries, Faults faults) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            faults.add(tuple.getKeyNode(), "key must be a text");
        } else if (entries.putIfAbsent(key.getValue(), new Entry(key, tuple.getValueNode())) != null) {
            faults.add(key, "key \"" + key.getValue() + "\" is given twice");
        }
    }

    public Node node() {
        return node;
    }

    /** Adds a fault for each key that is not known; {@code refused} says of some why not. */
    public void expectKeys(String what, Set<String> known, Map<String, String> refused) {
        entries.forEach((name, entry) -> {
            if (refused.containsKey(name)) {
                faults.add(entry.key(), "key \"" + name + "\" is not supported: " + refused.get(name));
            } else if (!known.contains(name)) {
                String sorted = String.join(", ", known.stream().sorted().toList());
                faults.add(entry.key(), "unknown key \"" + name + "\" in " + what + ", must be one of " + sorted);
            }
        });
    }

    /** What stands under the key, unless it is null. */
    public Optional<Node> value(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::value).filter(value -> !isNull(value));
    }

    /** The scalar under the key; nothing, and a fault, if another kind of node stands there. */
    public Optional<ScalarNode> scalar(String name) {
        return value(name).flatMap(value -> {
            if (value instanceof ScalarNode scalar) {
                return Optional.of(scalar);
            }
            faults.add(value, "\"" + name + "\" must be a single value");
            return Optional.empty();
        });
    }

    /** The elements under the key; none, and a fault, if another kind of node stands there. */
    public List<Node> sequence(String name) {
        return value(name)
                .map(value -> {
                    if (value instanceof SequenceNode sequence) {
                        return sequence.getValue();
                    }
                    faults.add(value, "\"" + name + "\" must be a list");
                    return new ArrayList<Node>();
                })
                .orElseGet(ArrayList::new);
    }

    /** Each key with the scalar under it. */
    public void forEachScalar(BiConsumer<ScalarNode, ScalarNode> consumer) {
        entries.forEach((name, entry) -> {
            if (entry.value() instanceof ScalarNode scalar) {
                consumer.accept(entry.key(), scalar);
            } else {
                faults.add(entry.value(), "\"" + name + "\" must be a single value");
            }
        });
    }

    public static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** A key and what stands under it. */
    private record Entry(ScalarNode key, Node value) {}
}
