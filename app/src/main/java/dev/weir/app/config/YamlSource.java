package dev.weir.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The settings of one YAML file, flattened to dotted keys; {@code a: {b: 1}} and {@code a.b: 1} are the same. */
final class YamlSource {
    private final String file;
    private final List<Fault> faults;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Entry> seen = new HashMap<>();

    private YamlSource(String file, List<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** The settings of the file in its order; what cannot be read is added to the faults. */
    static List<Entry> read(Path path, List<Fault> faults) {
        try {
            return parse(path.toString(), Files.readString(path, StandardCharsets.UTF_8), faults);
        } catch (NoSuchFileException missing) {
            faults.add(new Fault(path.toString(), "file is missing"));
        } catch (IOException unreadable) {
            faults.add(new Fault(path.toString(), "cannot be read: " + unreadable.getMessage()));
        }
        return List.of();
    }

    static List<Entry> parse(String file, String text, List<Fault> faults) {
        YamlSource source = new YamlSource(file, faults);
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            new Compose(settings).composeString(text).ifPresent(source::root);
        } catch (MarkedYamlEngineException broken) {
            faults.add(new Fault(source.where(broken.getProblemMark()), "is not YAML: " + broken.getProblem()));
        } catch (YamlEngineException broken) {
            faults.add(new Fault(file, "is not YAML: " + broken.getMessage()));
        }
        return source.entries;
    }

    private void root(Node node) {
        if (node instanceof MappingNode mapping) {
            flatten("", mapping);
        } else if (!node.getTag().equals(Tag.NULL)) {
            fault(node, "the file holds no mapping, must hold sections such as kafka: and store:");
        }
    }

    private void flatten(String prefix, MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name) {
                value(prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue(), name, tuple.getValueNode());
            } else {
                fault(tuple.getKeyNode(), "the key is no text");
            }
        }
    }

    private void value(String key, ScalarNode name, Node value) {
        if (value instanceof MappingNode mapping) {
            flatten(key, mapping);
        } else if (value instanceof SequenceNode list && isOfMappings(list)) {
            mappings(key, list);
        } else if (value instanceof SequenceNode list) {
            add(new Entry(key, items(key, list), where(name.getStartMark())), name);
        } else if (value instanceof ScalarNode scalar) {
            boolean nothing = scalar.getTag().equals(Tag.NULL);
            // A fault in the value is shown at the value, an unknown key at the key: both begin on this line.
            Node place = nothing ? name : scalar;
            add(new Entry(key, nothing ? List.of() : List.of(scalar.getValue()), where(place.getStartMark())), name);
        }
    }

    private static boolean isOfMappings(SequenceNode list) {
        return !list.getValue().isEmpty() && list.getValue().get(0) instanceof MappingNode;
    }

    /** The items of {@code metrics: [{name: x}]} have keys such as {@code metrics[0].name}. */
    private void mappings(String key, SequenceNode list) {
        for (int i = 0; i < list.getValue().size(); i++) {
            Node item = list.getValue().get(i);
            String itemKey = key + "[" + i + "]";
            if (item instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
                flatten(itemKey, mapping);
            } else {
                fault(item, itemKey + " is no mapping with keys, must be one");
            }
        }
    }

    private List<String> items(String key, SequenceNode list) {
        List<String> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (item instanceof ScalarNode scalar) {
                items.add(scalar.getValue());
            } else {
                fault(item, key + " holds a list or mapping, must hold texts");
            }
        }
        return items;
    }

    private void add(Entry entry, Node name) {
        Entry earlier = seen.putIfAbsent(entry.key(), entry);
        if (earlier == null) {
            entries.add(entry);
        } else {
            fault(name, entry.key() + " is given twice, first at " + earlier.where());
        }
    }

    private void fault(Node node, String message) {
        faults.add(new Fault(where(node.getStartMark()), message));
    }

    private String where(Optional<Mark> mark) {
        return mark.map(at -> file + ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                .orElse(file);
    }
}
