@NullMarked
package dev.weir.benchmarks.engine.limit;

import org.jspecify.annotations.NullMarked;
