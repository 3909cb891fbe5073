package dev.weir.alerting.group;

import dev.weir.alerting.lifecycle.RuleBounds;
import dev.weir.alerting.template.External;

/**
 * What an installation sets for the evaluation of its rules.
 *
 * @param external how it shows itself to templates
 * @param bounds how much rules may come to
 */
public record EvaluatorSettings(External external, RuleBounds bounds) {
    public static final EvaluatorSettings DEFAULTS = new EvaluatorSettings(External.NONE, RuleBounds.DEFAULTS);
}
