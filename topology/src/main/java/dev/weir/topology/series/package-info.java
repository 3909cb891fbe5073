/**
 * Finding what belongs to a series by its bytes. Enters: encoded series, as a message or pack holds them. Leaves: the one
 * object that stands for it.
 */
@NullMarked
package dev.weir.topology.series;

import org.jspecify.annotations.NullMarked;
