/** What a sketch costs, beside stock HdrHistogram. In: seeded latencies. Out: JMH's figures. */
@NullMarked
package dev.weir.benchmarks.sketch;

import org.jspecify.annotations.NullMarked;
