package dev.weir.alerting.lint;

import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerting.rulefile.RuleLocations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Looks through the rules of a file for what loads and yet cannot be meant. */
public final class Lint {
    private final MetricFacts facts;

    public Lint(MetricFacts facts) {
        this.facts = facts;
    }

    /**
     * The findings in the order of the file, without those that a comment {@code # weir:ignore check, …} on the rule names.
     *
     * @param yaml the text that the file was read from
     */
    public List<Finding> check(RuleFile file, String yaml) {
        RuleLocations locations = RuleLocations.of(yaml);
        List<Consumer<LintedRule>> checks = List.of(
                PerSeriesDivision::check,
                rule -> MixedUnits.check(rule, facts),
                rule -> Thresholds.check(rule, facts),
                rule -> InvertedRatio.check(rule, facts),
                LifetimeCounter::check,
                rule -> RateOfGauge.check(rule, facts),
                rule -> UpWithoutAbsent.check(rule, file),
                rule -> PercentSign.check(rule, facts),
                LostLabel::check);
        List<Finding> findings = new ArrayList<>();
        for (int group = 0; group < file.groups().size(); group++) {
            RuleGroup rules = file.groups().get(group);
            for (int i = 0; i < rules.rules().size(); i++) {
                LintedRule rule = new LintedRule(file.name(), rules.rules().get(i), locations.rule(group, i));
                checks.forEach(check -> check.accept(rule));
                findings.addAll(rule.findings());
            }
        }
        Collections.sort(findings);
        return findings;
    }
}
