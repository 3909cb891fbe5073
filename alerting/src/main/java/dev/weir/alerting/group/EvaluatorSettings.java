package dev.weir.alerting.group;

import dev.weir.alerting.template.External;

/**
 * What an installation sets for the evaluation of its rules.
 *
 * @param external how it shows itself to templates
 */
public record EvaluatorSettings(External external) {
    public static final EvaluatorSettings DEFAULTS = new EvaluatorSettings(External.NONE);
}
