/** The systems that are compared: each reads a preloaded topic to its end, a pass, and says what that cost. */
@NullMarked
package dev.weir.benchmarks.engine.system;

import org.jspecify.annotations.NullMarked;
