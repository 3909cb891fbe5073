/** Results of all repetitions enter, a table for people and JSON for machines leave. */
@NullMarked
package dev.weir.benchmarks.engine.report;

import org.jspecify.annotations.NullMarked;
