/**
 * Rule groups at work: a {@link dev.weir.alerting.rulefile.RuleGroup}, a tick and the panes before it enter {@link
 * dev.weir.alerting.group.GroupEvaluator}; recorded samples, transitions of alerts and failures leave. What lasts from
 * one tick to the next is kept by the caller, behind {@link dev.weir.alerting.group.GroupState}.
 */
@NullMarked
package dev.weir.alerting.group;

import org.jspecify.annotations.NullMarked;
