/**
 * The versions of the store's tables. In: the SQL files of this build, and a database. Out: a database brought to a version and
 * back, and what in it differs from this build.
 */
@NullMarked
package dev.weir.sink.schema;

import org.jspecify.annotations.NullMarked;
