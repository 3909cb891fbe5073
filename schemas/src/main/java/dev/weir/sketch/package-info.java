/**
 * The mergeable histogram of a pane or window: values in their unit enter, quantiles with their bounds and HdrHistogram V2
 * bytes leave. Bucket for bucket the same as HdrHistogram, which the tests hold it to, but sparse.
 */
@NullMarked
package dev.weir.sketch;

import org.jspecify.annotations.NullMarked;
