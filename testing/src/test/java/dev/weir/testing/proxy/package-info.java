/** Tests of the embedded PostgreSQL. */
@NullMarked
package dev.weir.testing.proxy;

import org.jspecify.annotations.NullMarked;
