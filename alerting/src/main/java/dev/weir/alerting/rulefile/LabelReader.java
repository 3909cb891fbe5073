package dev.weir.alerting.rulefile;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.template.Template;
import dev.weir.alerting.template.TemplateException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the labels and annotations of a rule. */
final class LabelReader {
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Set<String> RESERVED_LABELS = Set.of("__name__", "alertname");

    private final PaneCheck paneCheck;
    private final Faults faults;

    LabelReader(PaneCheck paneCheck, Faults faults) {
        this.paneCheck = paneCheck;
        this.faults = faults;
    }

    SortedMap<String, Template> readTemplates(YamlMapping rule, String key) {
        SortedMap<String, Template> templates = new TreeMap<>();
        forEachNamed(
                rule,
                key,
                (name, value) ->
                        readTemplate(key + "." + name, value).ifPresent(template -> templates.put(name, template)));
        return templates;
    }

    /** Labels of a recording rule: plain texts. */
    SortedMap<String, String> readTexts(YamlMapping rule) {
        SortedMap<String, String> texts = new TreeMap<>();
        forEachNamed(rule, "labels", (name, value) -> texts.put(name, text(value)));
        return texts;
    }

    private void forEachNamed(YamlMapping rule, String key, BiConsumer<String, ScalarNode> consumer) {
        rule.value(key)
                .ifPresent(node -> YamlMapping.of(node, "\"" + key + "\"", faults)
                        .forEachScalar((nameNode, value) -> {
                            String name = nameNode.getValue();
                            boolean reserved = key.equals("labels") && RESERVED_LABELS.contains(name);
                            if (reserved || !LABEL_NAME.matcher(name).matches()) {
                                String singular = key.equals("labels") ? "label" : "annotation";
                                faults.add(nameNode, "invalid " + singular + " name: " + name);
                            } else {
                                consumer.accept(name, value);
                            }
                        }));
    }

    private Optional<Template> readTemplate(String what, ScalarNode node) {
        try {
            Template template = Template.parse(text(node));
            for (Expr query : template.queries()) {
                paneCheck.check(
                        query, (position, fault) -> faults.add(node, "query in template of " + what + ": " + fault));
            }
            return Optional.of(template);
        } catch (TemplateException e) {
            faults.add(node, e.offset(), "template of " + what + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String text(ScalarNode node) {
        return YamlMapping.isNull(node) ? "" : node.getValue();
    }
}
