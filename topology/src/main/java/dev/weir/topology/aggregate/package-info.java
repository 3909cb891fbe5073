/**
 * Second stage, keyed by series. Enters: measurements and watermarks. Leaves: 1 m and 1 h aggregates, closed panes for
 * the rule groups that select them, watermarks.
 */
@NullMarked
package dev.weir.topology.aggregate;

import org.jspecify.annotations.NullMarked;
