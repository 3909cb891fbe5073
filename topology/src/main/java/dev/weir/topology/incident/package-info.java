/** Incidents as a stream of their own: transitions and acknowledgements enter, changes of incidents and alerts of escalations leave. */
@NullMarked
package dev.weir.topology.incident;

import org.jspecify.annotations.NullMarked;
