/** The end-to-end benchmark: what Weir costs beside a bare loop, Kafka Streams' floor, the DSL and Flink. */
@NullMarked
package dev.weir.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
