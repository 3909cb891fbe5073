/**
 * What a rule needs to be evaluated: a checked expression enters {@link dev.weir.alerting.plan.RulePlan#of}, the
 * selections of its input leave, so that a stream can route each rule only the panes it reads.
 */
@NullMarked
package dev.weir.alerting.plan;

import org.jspecify.annotations.NullMarked;
