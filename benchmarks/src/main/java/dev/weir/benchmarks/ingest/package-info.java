/** What an event costs the ingest stage without Kafka around it. In: packs of encoded events. Out: JMH's figures. */
@NullMarked
package dev.weir.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
