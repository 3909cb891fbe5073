/**
 * A real Kafka broker inside this process. In: a data directory and a port. Out: a bootstrap address that any Kafka
 * client can use, and topics that are still there after a restart.
 */
@NullMarked
package dev.weir.testing.kafka;

import org.jspecify.annotations.NullMarked;
