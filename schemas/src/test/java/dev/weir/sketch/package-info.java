/** Holds the sketch to HdrHistogram, bucket for bucket. */
@NullMarked
package dev.weir.sketch;

import org.jspecify.annotations.NullMarked;
