package dev.weir.app.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.app.deploy.Checkout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule of a pack.
 *
 * @param row the requirement that the comment above the rule begins with, such as {@code S3-A4}; empty if with none
 * @param definition the rule as YAML
 */
record PackRule(String pack, String name, String row, JsonNode definition) {
    private static final Pattern ROW = Pattern.compile("\\s*# (S\\d-[A-Z]\\d)\\b.*");
    private static final Pattern RULE = Pattern.compile("\\s*- (?:alert|record): (\\S+)");

    /** The rules of the monitored systems; those of the demo are nobody's requirement. */
    static List<PackRule> all() {
        List<PackRule> rules = new ArrayList<>();
        for (String file : Checkout.names("rules", "*.yml")) {
            if (!file.equals("demo.yml")) {
                rules.addAll(of(file.replace(".yml", "")));
            }
        }
        return rules;
    }

    static List<PackRule> of(String pack) {
        String file = "rules/" + pack + ".yml";
        List<JsonNode> definitions = new ArrayList<>();
        Checkout.yaml(file)
                .get(0)
                .get("groups")
                .forEach(group -> group.get("rules").forEach(definitions::add));
        Iterator<JsonNode> next = definitions.iterator();
        List<PackRule> rules = new ArrayList<>();
        String row = "";
        for (String line : Checkout.text(file).lines().toList()) {
            Matcher comment = ROW.matcher(line);
            Matcher rule = RULE.matcher(line);
            if (comment.matches()) {
                row = comment.group(1);
            } else if (rule.matches()) {
                rules.add(new PackRule(pack, rule.group(1), row, next.next()));
                row = "";
            }
        }
        return rules;
    }

    boolean isAlert() {
        return definition.has("alert");
    }

    String label(String label) {
        return definition.at("/labels/" + label).asText();
    }

    String annotation(String annotation) {
        return definition.at("/annotations/" + annotation).asText();
    }

    /** How long it must hold, as the file says it. */
    String hold() {
        return definition.path("for").asText("0m");
    }
}
