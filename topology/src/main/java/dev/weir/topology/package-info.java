/**
 * The stream: events in, window aggregates, rejected events and alert transitions out, exactly once. {@link
 * dev.weir.topology.PipelineTopology} shows the whole graph.
 */
@NullMarked
package dev.weir.topology;

import org.jspecify.annotations.NullMarked;
