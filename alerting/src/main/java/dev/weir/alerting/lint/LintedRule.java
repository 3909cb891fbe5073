package dev.weir.alerting.lint;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleLocations;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule under the lint, and what was found in it. */
final class LintedRule {
    private static final Pattern IGNORE = Pattern.compile("#\\s*weir:ignore\\s+([a-z-]+(?:\\s*,\\s*[a-z-]+)*)");

    private final String file;
    private final Rule rule;
    private final RuleLocations.Location location;
    private final Set<Check> ignored;
    private final List<Finding> findings = new ArrayList<>();

    LintedRule(String file, Rule rule, RuleLocations.Location location) {
        this.file = file;
        this.rule = rule;
        this.location = location;
        ignored = ignored(location.lines());
    }

    Rule rule() {
        return rule;
    }

    Expr expr() {
        return rule.expr();
    }

    List<Finding> findings() {
        return findings;
    }

    /** Reports a part of the expression. */
    void report(Check check, Expr at, String what, String why, String instead) {
        add(check, location.expression(at.position().offset()), what, why, instead);
    }

    /** Reports a place in an annotation. */
    void report(Check check, String annotation, int offset, String what, String why, String instead) {
        add(check, location.annotation(annotation, offset), what, why, instead);
    }

    private void add(Check check, RuleLocations.Place place, String what, String why, String instead) {
        if (!ignored.contains(check)) {
            findings.add(new Finding(file, place.line(), place.column(), check, rule.name(), what, why, instead));
        }
    }

    private static Set<Check> ignored(List<String> lines) {
        Set<Check> ignored = EnumSet.noneOf(Check.class);
        for (String line : lines) {
            Matcher matcher = IGNORE.matcher(line);
            while (matcher.find()) {
                for (String id : matcher.group(1).split("\\s*,\\s*", -1)) {
                    Check.withId(id).ifPresent(ignored::add);
                }
            }
        }
        return ignored;
    }
}
