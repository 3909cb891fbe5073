/** The moment before Kafka Streams commits a task, when what a stage holds in memory can still leave in the same transaction. */
@NullMarked
package dev.weir.topology.commit;

import org.jspecify.annotations.NullMarked;
