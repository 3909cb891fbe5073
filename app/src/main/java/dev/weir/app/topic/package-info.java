/** Weir's topics on a cluster: settings enter, existing topics leave. */
@NullMarked
package dev.weir.app.topic;

import org.jspecify.annotations.NullMarked;
