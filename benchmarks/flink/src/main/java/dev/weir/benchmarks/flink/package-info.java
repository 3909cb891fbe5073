/** The same windows on Apache Flink: events enter from Kafka, windows leave exactly once. */
@NullMarked
package dev.weir.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
