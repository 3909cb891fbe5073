/** The HTTP server over real connections. */
@NullMarked
package dev.weir.serve;

import org.jspecify.annotations.NullMarked;
