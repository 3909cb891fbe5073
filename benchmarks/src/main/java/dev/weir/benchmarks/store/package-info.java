/** The store's benchmark: what the sink writes in a second beside a bare loop of upserts and a bare COPY of the same rows. */
@NullMarked
package dev.weir.benchmarks.store;

import org.jspecify.annotations.NullMarked;
