/** Tests of the embedded PostgreSQL. */
@NullMarked
package dev.weir.testing.postgres;

import org.jspecify.annotations.NullMarked;
