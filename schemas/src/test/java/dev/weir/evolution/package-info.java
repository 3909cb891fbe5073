/** Holds the schemas to every version of them that was ever committed. */
@NullMarked
package dev.weir.evolution;

import org.jspecify.annotations.NullMarked;
