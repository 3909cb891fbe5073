/**
 * A real PostgreSQL server started from Java. In: a data directory and a port. Out: a JDBC URL, and rows that are still
 * there after a restart or a crash.
 */
@NullMarked
package dev.weir.testing.postgres;

import org.jspecify.annotations.NullMarked;
