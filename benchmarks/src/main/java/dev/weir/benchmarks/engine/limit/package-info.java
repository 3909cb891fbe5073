/** A bare consumer loop: bytes enter, windows leave, nothing survives a crash. The most that any engine could reach. */
@NullMarked
package dev.weir.benchmarks.engine.limit;

import org.jspecify.annotations.NullMarked;
