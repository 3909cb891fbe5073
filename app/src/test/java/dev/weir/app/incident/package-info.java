/** Tests of incidents from the outside. */
@NullMarked
package dev.weir.app.incident;

import org.jspecify.annotations.NullMarked;
