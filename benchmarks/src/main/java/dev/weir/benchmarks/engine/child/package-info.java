/** Processes of a run: the broker, and one for each system, so that each is measured alone. Commands enter as lines, results leave as lines. */
@NullMarked
package dev.weir.benchmarks.engine.child;

import org.jspecify.annotations.NullMarked;
