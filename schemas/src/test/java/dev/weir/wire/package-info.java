/** Holds the sketch to HdrHistogram, bucket for bucket. */
@NullMarked
package dev.weir.wire;

import org.jspecify.annotations.NullMarked;
