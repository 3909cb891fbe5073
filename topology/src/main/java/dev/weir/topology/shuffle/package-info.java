/**
 * What travels between stages: messages, their bytes and where they go. Internal topics never use the registry.
 */
@NullMarked
package dev.weir.topology.shuffle;

import org.jspecify.annotations.NullMarked;
