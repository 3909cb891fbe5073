/** The clock itself under test. */
@NullMarked
package dev.weir.testing.clock;

import org.jspecify.annotations.NullMarked;
