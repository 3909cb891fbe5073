/**
 * Input records on their way into Kafka Streams: many of one partition are handed over as one, because what Streams does for
 * each record costs more than what Weir does with it.
 */
@NullMarked
package dev.weir.topology.source;

import org.jspecify.annotations.NullMarked;
