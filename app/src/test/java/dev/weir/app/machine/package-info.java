/** Weir's roles as {@code weir run} starts them, on embedded servers: for tests that go the whole path. */
@NullMarked
package dev.weir.app.machine;

import org.jspecify.annotations.NullMarked;
