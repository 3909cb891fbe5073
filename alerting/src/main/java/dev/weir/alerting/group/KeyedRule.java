package dev.weir.alerting.group;

import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule and the key of its state: group id, rule name, and the how manieth of that name in the group it is ({@code
 * chatdb.yml/api/Down#1}), so that a rule keeps its state when others come and go around it.
 */
public record KeyedRule(String key, Rule rule) {
    /** The rules of a group in their order. */
    public static List<KeyedRule> of(RuleGroup group) {
        Map<String, Integer> sameName = new HashMap<>();
        List<KeyedRule> rules = new ArrayList<>();
        for (Rule rule : group.rules()) {
            int occurrence = sameName.merge(rule.name(), 1, Integer::sum);
            rules.add(new KeyedRule(group.id() + "/" + rule.name() + "#" + occurrence, rule));
        }
        return rules;
    }
}
