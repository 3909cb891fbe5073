/**
 * A small Schema Registry server for one machine: the part of Confluent's REST API that serializers, kcat and
 * command-line tools use, with Avro's own compatibility checks and an optional file.
 */
@NullMarked
package dev.weir.testing.registry;

import org.jspecify.annotations.NullMarked;
