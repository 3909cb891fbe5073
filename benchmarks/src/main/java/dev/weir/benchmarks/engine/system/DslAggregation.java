package dev.weir.benchmarks.engine.system;

import dev.weir.events.MetricEvent;
import org.apache.kafka.common.serialization.Serde;

/** What the DSL keeps for a window and how it stores that. */
interface DslAggregation<W> {
    W empty();

    /** The window with one more event; may change it. */
    W add(MetricEvent event, W window);

    Serde<W> serde();
}
