@NullMarked
package dev.weir.benchmarks.engine.workload;

import org.jspecify.annotations.NullMarked;
