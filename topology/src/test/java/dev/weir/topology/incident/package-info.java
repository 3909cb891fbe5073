/** Tests of the stream of incidents. */
@NullMarked
package dev.weir.topology.incident;

import org.jspecify.annotations.NullMarked;
