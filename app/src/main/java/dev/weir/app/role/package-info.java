/** The parts of Weir that run: configuration enters, started roles with health leave; they are closed in reverse order. */
@NullMarked
package dev.weir.app.role;

import org.jspecify.annotations.NullMarked;
