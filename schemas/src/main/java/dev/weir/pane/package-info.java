/**
 * What a series did in one slice of time, in a form that merges. Enters: single measurements. Leaves: panes and windows,
 * in memory and as bytes for state stores and internal topics.
 */
@NullMarked
package dev.weir.pane;

import org.jspecify.annotations.NullMarked;
