package dev.weir.alerting.rulefile;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.PromqlException;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.alerting.template.Template;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one rule. */
final class RuleReader {
    private static final Set<String> RULE_KEYS =
            Set.of("alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations");
    private static final Set<String> ALERT_ONLY_KEYS = Set.of("for", "keep_firing_for", "annotations");
    private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    private final PaneCheck paneCheck;
    private final Faults faults;
    private final LabelReader labelReader;
    private final Set<String> seen = new HashSet<>();

    RuleReader(PaneCheck paneCheck, Faults faults) {
        this.paneCheck = paneCheck;
        this.faults = faults;
        this.labelReader = new LabelReader(paneCheck, faults);
    }

    /** The rule, or nothing if it has a fault that leaves none. */
    Optional<Rule> read(Node node) {
        YamlMapping rule = YamlMapping.of(node, "a rule", faults);
        rule.expectKeys("a rule", RULE_KEYS, Map.of());
        Optional<ScalarNode> alert =
                rule.scalar("alert").filter(name -> !name.getValue().isEmpty());
        Optional<ScalarNode> record =
                rule.scalar("record").filter(name -> !name.getValue().isEmpty());
        Optional<ScalarNode> expression = rule.scalar("expr");
        Optional<Expr> expr = expression.flatMap(this::readExpr);
        if (expression.isEmpty()) {
            faults.add(node, "field 'expr' must be set in rule");
        }
        if (alert.isPresent() == record.isPresent()) {
            faults.add(
                    node,
                    alert.isPresent()
                            ? "only one of 'record' and 'alert' must be set"
                            : "one of 'record' or 'alert' must be set");
            return Optional.empty();
        }
        String text = expression.map(ScalarNode::getValue).orElse("").strip();
        return alert.isPresent()
                ? readAlerting(rule, alert.get().getValue(), text, expr)
                : readRecording(rule, record.orElseThrow(), text, expr);
    }

    private Optional<Rule> readAlerting(YamlMapping rule, String name, String text, Optional<Expr> expr) {
        Duration holdFor = readDuration(rule, "for");
        Duration keepFiringFor = readDuration(rule, "keep_firing_for");
        SortedMap<String, Template> labels = labelReader.readTemplates(rule, "labels");
        SortedMap<String, Template> annotations = labelReader.readTemplates(rule, "annotations");
        checkUnique(rule, "alert \"" + name + "\"", labels);
        return expr.map(parsed -> new Rule.Alerting(
                name,
                text,
                parsed,
                holdFor,
                keepFiringFor,
                labels,
                annotations,
                RuleVersion.of(
                        "alert", name, text, holdFor.toString(), keepFiringFor.toString(), labels, annotations)));
    }

    private Optional<Rule> readRecording(YamlMapping rule, ScalarNode name, String text, Optional<Expr> expr) {
        if (!METRIC_NAME.matcher(name.getValue()).matches()) {
            faults.add(name, "invalid recording rule name: " + name.getValue());
        }
        for (String key : ALERT_ONLY_KEYS) {
            rule.value(key).ifPresent(value -> faults.add(value, "invalid field '" + key + "' in recording rule"));
        }
        SortedMap<String, String> labels = new TreeMap<>(labelReader.readTexts(rule));
        checkUnique(rule, "record \"" + name.getValue() + "\"", labels);
        return expr.map(parsed -> new Rule.Recording(
                name.getValue(), text, parsed, labels, RuleVersion.of("record", name.getValue(), text, labels)));
    }

    private Optional<Expr> readExpr(ScalarNode node) {
        try {
            Expr expr = PromqlParser.parse(node.getValue());
            paneCheck.check(expr, (position, fault) -> faults.add(node, position.offset(), fault));
            return Optional.of(expr);
        } catch (PromqlException e) {
            faults.add(node, e.position().offset(), "could not parse expression: " + e.fault());
            return Optional.empty();
        }
    }

    private Duration readDuration(YamlMapping rule, String key) {
        Optional<ScalarNode> node = rule.scalar(key);
        Optional<Duration> duration = node.flatMap(scalar -> DurationReader.read(key, scalar, faults));
        duration.flatMap(value -> paneCheck.fault(key, value))
                .ifPresent(fault -> faults.add(node.orElseThrow(), fault));
        return duration.orElse(Duration.ZERO);
    }

    /** Two rules with one name and the same labels would raise the same alerts or record the same series. */
    private void checkUnique(YamlMapping rule, String name, Map<String, ?> labels) {
        if (!seen.add(name + labels)) {
            faults.add(rule.node(), name + " is repeated with the same labels in the same file");
        }
    }
}
