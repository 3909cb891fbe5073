/** Tests of the store's benchmark. */
@NullMarked
package dev.weir.benchmarks.store;

import org.jspecify.annotations.NullMarked;
