/** The serde against Confluent's own classes, hostile bytes and faulty registries. */
@NullMarked
package dev.weir.serde;

import org.jspecify.annotations.NullMarked;
