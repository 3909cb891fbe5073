/**
 * The deterministic traffic of the monitored systems.
 *
 * <p>Enters: a seed, a start and the {@link dev.weir.testing.workload.Scenario scenarios} to play. Leaves: {@link
 * dev.weir.events.MetricEvent} records in event-time order. Event {@code i} of a series is a pure function of (seed,
 * series, i): nothing is remembered, so any interval can be generated again, in any order, by anyone.
 */
@NullMarked
package dev.weir.testing.workload;

import org.jspecify.annotations.NullMarked;
