package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.measure.SystemUnderTest;
import java.util.List;
import org.apache.kafka.streams.Topology;

/** The DSL baseline, exactly once, with one of two ways to keep a window. */
final class DslSystem implements SystemUnderTest {
    private final PassSettings settings;
    private final DslAggregation<?> aggregation;
    private final Meter meter = new Meter();

    DslSystem(PassSettings settings, DslAggregation<?> aggregation) {
        this.settings = settings;
        this.aggregation = aggregation;
    }

    @Override
    public PassResult pass(int number) throws Exception {
        String application = settings.prefix() + "-dsl-" + number;
        String output = settings.prefix() + ".dsl";
        Topology topology = new DslTopology<>(aggregation, settings.registry()).build(settings.topic(), output);
        InternalTopics.create(settings, application, topology.describe());
        StreamsPass pass = new StreamsPass(settings, meter);
        try (Committed committed = new Committed(settings, application, List.of(output), 0);
                PlainStreams streams = new PlainStreams(
                        topology, StreamsConfiguration.exactlyOnce(settings, application, pass.configuration()))) {
            return pass.measure(streams, committed);
        }
    }
}
