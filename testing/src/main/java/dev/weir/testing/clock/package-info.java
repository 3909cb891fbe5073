/** A clock that stands still until a test moves it. */
@NullMarked
package dev.weir.testing.clock;

import org.jspecify.annotations.NullMarked;
