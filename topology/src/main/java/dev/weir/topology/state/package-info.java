/**
 * What the stages keep in their state stores: keys, values and how the stores are built.
 */
@NullMarked
package dev.weir.topology.state;

import org.jspecify.annotations.NullMarked;
