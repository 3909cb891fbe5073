/** Events from lines of JSON to Kafka: a file enters, records on the events topic and faults with line and column leave. */
@NullMarked
package dev.weir.app.produce;

import org.jspecify.annotations.NullMarked;
