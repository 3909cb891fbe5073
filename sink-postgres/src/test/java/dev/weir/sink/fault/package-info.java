/**
 * The fault run: sinks that work while their database, network, disk, password and processes fail. In: a seed and a number of
 * faults. Out: one line of JSON that says what of all rows is missing, there twice or wrong.
 */
@NullMarked
package dev.weir.sink.fault;

import org.jspecify.annotations.NullMarked;
