/**
 * The life of alerts: the evaluation of a rule at a tick and the alerts it had enter {@link
 * dev.weir.alerting.lifecycle.AlertLifecycle}, the alerts it has now and their transitions leave. Pure: time is the tick.
 */
@NullMarked
package dev.weir.alerting.lifecycle;

import org.jspecify.annotations.NullMarked;
