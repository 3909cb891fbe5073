/** The events that are preloaded, as a pure function, and what their windows must say. A spec enters, records and mismatches leave. */
@NullMarked
package dev.weir.benchmarks.engine.workload;

import org.jspecify.annotations.NullMarked;
