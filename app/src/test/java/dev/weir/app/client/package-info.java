/** Clients of other makers at Weir's topics and registry: what they write we read, and the other way round. */
@NullMarked
package dev.weir.app.client;

import org.jspecify.annotations.NullMarked;
