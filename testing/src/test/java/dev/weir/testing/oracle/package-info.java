/** Breaks published windows and stored rows one by one and expects the oracle to see it. */
@NullMarked
package dev.weir.testing.oracle;

import org.jspecify.annotations.NullMarked;
