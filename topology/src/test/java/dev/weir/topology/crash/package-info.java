/**
 * The crash harness: a flood enters, a stream of several processes on a broker of its own is killed, stopped, frozen and
 * rebalanced while it works, and what it has published leaves as one line that says whether it is exact.
 */
@NullMarked
package dev.weir.topology.crash;

import org.jspecify.annotations.NullMarked;
