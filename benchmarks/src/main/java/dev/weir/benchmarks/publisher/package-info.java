/** What it costs a service to record a latency. */
@NullMarked
package dev.weir.benchmarks.publisher;

import org.jspecify.annotations.NullMarked;
