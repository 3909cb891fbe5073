@NullMarked
package dev.weir.benchmarks.engine.report;

import org.jspecify.annotations.NullMarked;
