package dev.weir.alerting.plan;

import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.template.Template;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The labels that survive when a rule gives its results labels of its own. */
final class RuleLabels {
    /** A template that queries looks at everything there is. */
    private static final Pattern QUERY = Pattern.compile("\\{\\{[^}]*\\bquery\\b");

    private RuleLabels() {}

    static ShardLabels kept(Rule rule) {
        if (rule instanceof Rule.Recording recording) {
            return ShardLabels.ALL.without(recording.labels().keySet());
        } else if (rule instanceof Rule.Alerting alerting) {
            return queries(alerting)
                    ? ShardLabels.NONE
                    : ShardLabels.ALL.without(alerting.labels().keySet());
        }
        throw new IllegalArgumentException("unknown rule " + rule);
    }

    private static boolean queries(Rule.Alerting rule) {
        return Stream.concat(rule.labels().values().stream(), rule.annotations().values().stream())
                .map(Template::source)
                .anyMatch(source -> QUERY.matcher(source).find());
    }
}
