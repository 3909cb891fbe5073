@NullMarked
package dev.weir.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
