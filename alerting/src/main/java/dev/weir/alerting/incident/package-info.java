/**
 * Incidents: transitions of alerts and acknowledgements of people enter, the history of incidents and the alerts of their
 * escalation leave. {@link dev.weir.alerting.incident.Incidents} is the state machine.
 */
@NullMarked
package dev.weir.alerting.incident;

import org.jspecify.annotations.NullMarked;
