/** Generated traffic: a seed and a scenario enter, records on the events topic leave. */
@NullMarked
package dev.weir.app.load;

import org.jspecify.annotations.NullMarked;
