@NullMarked
package dev.weir.benchmarks.engine.measure;

import org.jspecify.annotations.NullMarked;
