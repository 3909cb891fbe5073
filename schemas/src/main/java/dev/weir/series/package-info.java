/**
 * The identity of what is measured: a metric of a service with labels. Enters: names and labels of events. Leaves: series
 * keys, the keys of the aggregates topic.
 */
@NullMarked
package dev.weir.series;

import org.jspecify.annotations.NullMarked;
