/** Work on the store's tables and schemas from the command line: migrate, roll back, compare, ask. */
@NullMarked
package dev.weir.app.store;

import org.jspecify.annotations.NullMarked;
