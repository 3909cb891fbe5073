/**
 * Third stage, keyed by rule group and shard. Enters: panes and watermarks. Leaves: alert transitions and recorded series, by ticks of event
 * time.
 */
@NullMarked
package dev.weir.topology.rule;

import org.jspecify.annotations.NullMarked;
