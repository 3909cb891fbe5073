/**
 * What a rule needs to be evaluated: a checked expression enters {@link dev.weir.alerting.plan.RulePlan#of}, the
 * selections of its input leave, so that a stream can route each rule only the panes it reads; with them the labels by
 * which its series can be dealt out, what may be combined before it is, and how much is kept.
 */
@NullMarked
package dev.weir.alerting.plan;

import org.jspecify.annotations.NullMarked;
