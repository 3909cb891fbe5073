/**
 * First stage, on the partitions of the events topic. Enters: records as they are. Leaves: valid measurements by series,
 * watermarks to every partition of the next stage, rejected events.
 */
@NullMarked
package dev.weir.topology.ingest;

import org.jspecify.annotations.NullMarked;
