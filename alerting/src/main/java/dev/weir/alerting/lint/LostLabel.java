package dev.weir.alerting.lint;

import dev.weir.alerting.rulefile.Rule;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** <code>{{ $labels.service }}</code> over {@code sum(…)}: the text stays empty there. */
final class LostLabel {
    private LostLabel() {}

    static void check(LintedRule rule) {
        Optional<Set<String>> labels = ResultLabels.of(rule.expr());
        if (rule.rule() instanceof Rule.Alerting alerting && labels.isPresent()) {
            alerting.annotations()
                    .forEach((name, text) -> Placeholder.in(text.source())
                            .forEach(placeholder -> check(rule, name, placeholder, labels.get())));
        }
    }

    private static void check(LintedRule rule, String annotation, Placeholder placeholder, Set<String> labels) {
        for (String label : placeholder.labels()) {
            if (!labels.contains(label)) {
                rule.report(
                        Check.LOST_LABEL,
                        annotation,
                        placeholder.offset(),
                        "label " + label + " in " + annotation + " is always empty",
                        labels.isEmpty()
                                ? "the expression's result has no labels"
                                : "the expression's result has only " + String.join(", ", new TreeSet<>(labels)),
                        "keep " + label + " in the expression, such as sum by (" + label + ") (…)");
            }
        }
    }
}
