/**
 * Event time: what a stage has seen everything before. Enters: event times, positions on the input. Leaves: watermarks.
 */
@NullMarked
package dev.weir.topology.time;

import org.jspecify.annotations.NullMarked;
