package dev.weir.alerting.rulefile;

import dev.weir.alerting.promql.PromDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the groups of a file. */
final class GroupReader {
    private static final Set<String> GROUP_KEYS = Set.of("name", "interval", "limit", "rules");
    private static final Map<String, String> REFUSED_GROUP_KEYS = Map.of(
            "query_offset", "rules are evaluated at event time behind the watermark",
            "labels", "write the labels in each rule",
            "partial_response_strategy", "it is Thanos'",
            "source_tenants", "it is Cortex' and Mimir's");

    private final String file;
    private final Duration defaultInterval;
    private final PaneCheck paneCheck;
    private final Faults faults;
    private final RuleReader rules;
    private final Set<String> names = new HashSet<>();

    GroupReader(String file, Duration defaultInterval, PaneCheck paneCheck, Faults faults) {
        this.file = file;
        this.defaultInterval = defaultInterval;
        this.paneCheck = paneCheck;
        this.faults = faults;
        this.rules = new RuleReader(paneCheck, faults);
    }

    RuleFile read(String yaml) {
        List<RuleGroup> groups = new ArrayList<>();
        YamlText.compose(file, yaml, faults).ifPresent(root -> {
            YamlMapping top = YamlMapping.of(root, "a rule file", faults);
            top.expectKeys("a rule file", Set.of("groups"), Map.of());
            top.sequence("groups").forEach(node -> groups.add(readGroup(node)));
        });
        return new RuleFile(file, groups);
    }

    private RuleGroup readGroup(Node node) {
        YamlMapping group = YamlMapping.of(node, "a group", faults);
        group.expectKeys("a group", GROUP_KEYS, REFUSED_GROUP_KEYS);
        String name = readName(group);
        Duration interval = readInterval(group);
        int limit = readLimit(group);
        List<Rule> read = new ArrayList<>();
        group.sequence("rules").forEach(rule -> rules.read(rule).ifPresent(read::add));
        return new RuleGroup(file + "/" + name, name, interval, limit, read);
    }

    private String readName(YamlMapping group) {
        Optional<ScalarNode> node = group.scalar("name");
        String name = node.map(ScalarNode::getValue).orElse("");
        if (name.isEmpty()) {
            faults.add(group.node(), "group has no name");
        } else if (!names.add(name)) {
            faults.add(node.get(), "group name \"" + name + "\" is repeated in the same file");
        }
        return name;
    }

    private Duration readInterval(YamlMapping group) {
        Optional<ScalarNode> node = group.scalar("interval");
        if (node.isEmpty()) {
            return defaultInterval;
        }
        Duration interval = DurationReader.read("interval", node.get(), faults).orElse(defaultInterval);
        if (interval.isZero()) {
            faults.add(node.get(), "interval is " + PromDuration.format(interval) + ", must be > 0");
            return defaultInterval;
        }
        paneCheck.fault("interval", interval).ifPresent(fault -> faults.add(node.get(), fault));
        return interval;
    }

    /** As in Prometheus nothing is limited by a number below 1. */
    private int readLimit(YamlMapping group) {
        Optional<ScalarNode> node = group.scalar("limit");
        try {
            return node.map(limit -> Math.max(0, Integer.parseInt(limit.getValue())))
                    .orElse(0);
        } catch (NumberFormatException noNumber) {
            faults.add(node.orElseThrow(), "limit is " + node.get().getValue() + ", must be a whole number");
            return 0;
        }
    }
}
