/** What a pass costs: time, CPU, allocation. Marks enter, results and their spread leave. */
@NullMarked
package dev.weir.benchmarks.engine.measure;

import org.jspecify.annotations.NullMarked;
