/** Tests of the PostgreSQL sink, on a real broker and a real PostgreSQL. */
@NullMarked
package dev.weir.sink;

import org.jspecify.annotations.NullMarked;
