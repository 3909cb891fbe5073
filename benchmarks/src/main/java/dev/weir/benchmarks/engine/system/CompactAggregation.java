package dev.weir.benchmarks.engine.system;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Weir's own aggregate in the DSL: what a user gains who replaces the dense histogram. Increments are observed, too. */
final class CompactAggregation implements DslAggregation<Aggregate> {
    private static final SketchRange SECONDS = SketchRange.of("seconds", "s");

    @Override
    public Aggregate empty() {
        return new Aggregate(MetricKind.OBSERVATION, SECONDS);
    }

    @Override
    public Aggregate add(MetricEvent event, Aggregate window) {
        window.record(event.getTimestamp().toEpochMilli(), event.getValue(), event.getOutcome());
        return window;
    }

    @Override
    public Serde<Aggregate> serde() {
        return Serdes.serdeFrom(
                (topic, window) -> window.encode(), (topic, bytes) -> Aggregate.decode(ByteBuffer.wrap(bytes)));
    }
}
