/**
 * The rule groups that the stream runs, and how all its tasks come to run the same. Enters: rule files as texts. Leaves: sets
 * of rules, which series they read, and from which event time on.
 */
@NullMarked
package dev.weir.topology.ruleset;

import org.jspecify.annotations.NullMarked;
