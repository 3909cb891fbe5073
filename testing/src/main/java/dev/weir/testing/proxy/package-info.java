/**
 * The network between a client and PostgreSQL, with its faults. In: connections of any client. Out: the same bytes to a
 * real server and back, until a test stops, cuts or refuses them.
 */
@NullMarked
package dev.weir.testing.proxy;

import org.jspecify.annotations.NullMarked;
