package dev.weir.alerting.rulefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where the rules of a file and their parts stand; lines and columns from 1. For a file that {@link RuleFile#parse} has
 * read without a fault.
 */
public final class RuleLocations {
    private final String yaml;
    private final String[] lines;
    private final List<List<YamlMapping>> groups = new ArrayList<>();

    private RuleLocations(String yaml) {
        this.yaml = yaml;
        lines = yaml.split("\n", -1);
    }

    public static RuleLocations of(String yaml) {
        RuleLocations locations = new RuleLocations(yaml);
        Faults none = new Faults("", yaml);
        Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(yaml);
        root.ifPresent(node -> YamlMapping.of(node, "", none)
                .sequence("groups")
                .forEach(group -> locations.groups.add(YamlMapping.of(group, "", none).sequence("rules").stream()
                        .map(rule -> YamlMapping.of(rule, "", none))
                        .toList())));
        return locations;
    }

    /** The rule of this index in the group of that index, both from 0 in the order of the file. */
    public Location rule(int group, int rule) {
        return new Location(group, rule);
    }

    /** Line and column in the file, from 1. */
    public record Place(int line, int column) {}

    /** Where one rule stands. */
    public final class Location {
        private final YamlMapping rule;
        private final int firstLine;
        private final int endLine;

        private Location(int group, int index) {
            rule = groups.get(group).get(index);
            firstLine = commentedStart(rule.node());
            List<YamlMapping> inGroup = groups.get(group);
            int nodeEnd = rule.node().getEndMark().map(Mark::getLine).orElse(lines.length - 1) + 1;
            endLine = index + 1 < inGroup.size()
                    ? Math.min(nodeEnd, commentedStart(inGroup.get(index + 1).node()))
                    : nodeEnd;
        }

        /** Where the offset of the expression's text stands in the file. */
        public Place expression(int offset) {
            return scalar(rule.scalar("expr"), offset);
        }

        /** Where the offset of the annotation's text stands in the file. */
        public Place annotation(String name, int offset) {
            Optional<ScalarNode> text = rule.value("annotations")
                    .flatMap(node ->
                            YamlMapping.of(node, "", new Faults("", yaml)).scalar(name));
            return scalar(text, offset);
        }

        /** Line in the file of the first of {@link #lines}. */
        public int firstLine() {
            return firstLine;
        }

        /** The lines of the rule with the comments above it. */
        public List<String> lines() {
            return List.of(lines).subList(firstLine - 1, Math.max(firstLine, endLine) - 1);
        }

        private Place scalar(Optional<ScalarNode> node, int offset) {
            ScalarPosition position = node.map(scalar -> ScalarPosition.of(yaml, scalar, offset))
                    .orElse(new ScalarPosition(firstLine, 1));
            return new Place(position.line(), position.column());
        }

        private int commentedStart(Node node) {
            int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
            while (line > 1 && lines[line - 2].strip().startsWith("#")) {
                line--;
            }
            return line;
        }
    }
}
