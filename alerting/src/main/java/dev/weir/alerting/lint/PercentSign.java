package dev.weir.alerting.lint;

import dev.weir.alerting.rulefile.Rule;

/** <code>{{ $value }}%</code> of a share shows 0.87% for 87 %; humanizePercentage of a percentage shows 8700%. */
final class PercentSign {
    private PercentSign() {}

    static void check(LintedRule rule, MetricFacts facts) {
        if (rule.rule() instanceof Rule.Alerting alerting) {
            Unit unit = unit(rule, facts);
            alerting.annotations()
                    .forEach((name, text) -> Placeholder.in(text.source()).stream()
                            .filter(Placeholder::showsValue)
                            .forEach(placeholder -> check(rule, unit, name, placeholder)));
        }
    }

    private static void check(LintedRule rule, Unit unit, String annotation, Placeholder placeholder) {
        boolean humanized = placeholder.humanizesPercentage();
        if (humanized && placeholder.percentSign()) {
            report(
                    rule,
                    annotation,
                    placeholder,
                    "has two percent signs",
                    "humanizePercentage writes one itself",
                    "without the sign behind it");
        } else if (humanized && unit == Unit.PERCENT) {
            report(
                    rule,
                    annotation,
                    placeholder,
                    "is a percentage already",
                    "humanizePercentage multiplies by 100",
                    "{{ $value | humanize }}%");
        } else if (!humanized && placeholder.percentSign() && unit == Unit.RATIO) {
            report(
                    rule,
                    annotation,
                    placeholder,
                    "is a share from 0 to 1 with a percent sign",
                    "87 % are shown as 0.87%",
                    "{{ $value | humanizePercentage }}");
        }
    }

    private static void report(
            LintedRule rule, String annotation, Placeholder placeholder, String what, String why, String instead) {
        rule.report(
                Check.PERCENT_SIGN,
                annotation,
                placeholder.offset(),
                "{{" + placeholder.content() + "}} in " + annotation + " " + what,
                why,
                instead);
    }

    /** A value without a unit that is compared with something between 0 and 1 is taken for a share. */
    private static Unit unit(LintedRule rule, MetricFacts facts) {
        Unit unit = new Units(facts).of(rule.expr());
        boolean likeShare = Comparison.deciding(rule.expr()).stream()
                .anyMatch(comparison -> comparison.threshold() > 0 && comparison.threshold() < 1);
        return unit == Unit.UNKNOWN && likeShare ? Unit.RATIO : unit;
    }
}
