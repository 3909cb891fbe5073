package dev.weir.app.config;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerting.lifecycle.RuleBounds;
import dev.weir.alerting.template.Template;
import dev.weir.topology.PipelineSettings;
import java.time.Duration;
import java.util.List;

/**
 * Where the rules are, and how they are evaluated.
 *
 * @param files paths and globs such as {@code rules/*.yml}; relative ones start at the directory of the configuration file, as in
 *     Prometheus, or at the working directory if there is no such file
 * @param defaultInterval of a group that names none
 * @param evaluator what evaluations of all of them share
 */
public record RuleSettings(List<String> files, Duration defaultInterval, EvaluatorSettings evaluator) {
    private static final int MOST = 10_000_000;

    public RuleSettings {
        files = List.copyOf(files);
    }

    static RuleSettings read(Section section) {
        Duration interval = section.duration("default-interval", Duration.ofMinutes(1), PipelineSettings.PANE);
        section.require(
                interval.toMillis() % PipelineSettings.PANE.toMillis() == 0,
                "default-interval",
                "is " + DurationText.format(interval) + ", must be a multiple of the pane, 10s");
        return new RuleSettings(
                section.list("files", List.of()),
                interval,
                new EvaluatorSettings(ExternalSection.read(section), bounds(section)));
    }

    private static RuleBounds bounds(Section section) {
        RuleBounds defaults = RuleBounds.DEFAULTS;
        return new RuleBounds(
                section.integer("bounds.alerts", defaults.alerts(), 1, MOST),
                section.integer("bounds.ended-alerts", defaults.endedAlerts(), 1, MOST),
                section.integer("bounds.series", defaults.series(), 1, MOST),
                section.integer("bounds.text", defaults.text(), 1, Template.MOST_CHARACTERS));
    }
}
