/** Percentiles of stored rows. In: a metric and a time. Out: one sketch, merged from those of the rows. */
@NullMarked
package dev.weir.sink.quantile;

import org.jspecify.annotations.NullMarked;
