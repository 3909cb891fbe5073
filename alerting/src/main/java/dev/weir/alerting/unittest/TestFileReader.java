package dev.weir.alerting.unittest;

import dev.weir.alerting.rulefile.DurationReader;
import dev.weir.alerting.rulefile.Faults;
import dev.weir.alerting.rulefile.YamlMapping;
import dev.weir.alerting.rulefile.YamlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one test file. */
final class TestFileReader {
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final Set<String> KEYS = Set.of("rule_files", "evaluation_interval", "group_eval_order", "tests");

    private final String name;
    private final String yaml;
    private final Faults faults;

    TestFileReader(String name, String yaml) {
        this.name = name;
        this.yaml = yaml;
        this.faults = new Faults(name, yaml);
    }

    TestFile read() {
        TestFile file = YamlText.compose(name, yaml, faults)
                .map(this::readTop)
                .orElseGet(() -> new TestFile(List.of(), DEFAULT_INTERVAL, List.of(), List.of()));
        faults.throwIfAny();
        return file;
    }

    private TestFile readTop(Node root) {
        YamlMapping top = YamlMapping.of(root, "a test file", faults);
        top.expectKeys("a test file", KEYS, Map.of());
        Duration interval = top.scalar("evaluation_interval")
                .flatMap(node -> DurationReader.read("evaluation_interval", node, faults))
                .filter(given -> !given.isZero())
                .orElse(DEFAULT_INTERVAL);
        List<String> ruleFiles =
                texts(top, "rule_files").stream().map(ScalarNode::getValue).toList();
        RuleTestReader reader = new RuleTestReader(interval, faults);
        List<RuleTest> tests = top.sequence("tests").stream().map(reader::read).toList();
        return new TestFile(ruleFiles, interval, readGroupOrder(top), tests);
    }

    private List<String> readGroupOrder(YamlMapping top) {
        Set<String> names = new LinkedHashSet<>();
        for (ScalarNode group : texts(top, "group_eval_order")) {
            if (!names.add(group.getValue())) {
                faults.add(group, "group name repeated in evaluation order: " + group.getValue());
            }
        }
        return List.copyOf(names);
    }

    private List<ScalarNode> texts(YamlMapping top, String key) {
        List<ScalarNode> texts = new ArrayList<>();
        for (Node node : top.sequence(key)) {
            if (node instanceof ScalarNode scalar) {
                texts.add(scalar);
            } else {
                faults.add(node, "\"" + key + "\" must be a list of texts");
            }
        }
        return texts;
    }
}
