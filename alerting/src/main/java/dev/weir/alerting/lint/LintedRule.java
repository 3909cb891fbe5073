package dev.weir.alerting.lint;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleLocations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A rule under the lint, and what was found in it. */
final class LintedRule {
    private static final Pattern IGNORE =
            Pattern.compile("#\\s*weir:ignore\\b\\s*((?:[^\\s,]+(?:\\s*,\\s*[^\\s,]+)*)?)");

    private final String file;
    private final Rule rule;
    private final RuleLocations.Location location;
    private final Set<Check> ignored = EnumSet.noneOf(Check.class);
    private final List<Finding> findings = new ArrayList<>();

    LintedRule(String file, Rule rule, RuleLocations.Location location) {
        this.file = file;
        this.rule = rule;
        this.location = location;
        ignored.addAll(readIgnored());
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

    private Set<Check> readIgnored() {
        Set<Check> named = EnumSet.noneOf(Check.class);
        List<String> lines = location.lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher comment = IGNORE.matcher(lines.get(i));
            while (comment.find()) {
                RuleLocations.Place place = new RuleLocations.Place(location.firstLine() + i, comment.start() + 1);
                for (String id : comment.group(1).split(",", -1)) {
                    Check.withId(id.strip()).ifPresentOrElse(named::add, () -> reportUnknown(place, id.strip()));
                }
            }
        }
        return named;
    }

    private void reportUnknown(RuleLocations.Place place, String id) {
        add(
                Check.UNKNOWN_CHECK,
                place,
                "weir:ignore names " + (id.isEmpty() ? "no check" : id + ", which is no check"),
                "it silences nothing",
                "one of " + Arrays.stream(Check.values()).map(Check::id).collect(Collectors.joining(", ")));
    }
}
