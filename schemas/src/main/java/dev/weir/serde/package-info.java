/**
 * Avro records in Confluent's wire format: Kafka bytes in, records out, and back.
 *
 * <p>The schema of a record is named by an id in front of its bytes and kept in a Schema Registry, asked over
 * REST or, for {@code mock://scope}, within the process. Configuration keys are Confluent's.
 */
@NullMarked
package dev.weir.serde;

import org.jspecify.annotations.NullMarked;
