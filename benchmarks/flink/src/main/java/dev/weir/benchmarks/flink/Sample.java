package dev.weir.benchmarks.flink;

import dev.weir.events.Outcome;
import org.jspecify.annotations.Nullable;

/** One measurement between the source and the windows. */
record Sample(
        SeriesKey series,
        long timestampMs,
        double value,
        @Nullable Outcome outcome) {}
