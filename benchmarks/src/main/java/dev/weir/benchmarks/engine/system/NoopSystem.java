package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.measure.SystemUnderTest;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** The floor of Kafka Streams: a source and a processor that drops what it gets, exactly once. */
final class NoopSystem implements SystemUnderTest {
    private final PassSettings settings;
    private final Meter meter = new Meter();

    NoopSystem(PassSettings settings) {
        this.settings = settings;
    }

    @Override
    public PassResult pass(int number) throws Exception {
        String application = settings.prefix() + "-noop-" + number;
        StreamsPass pass = new StreamsPass(settings, meter);
        try (Committed committed = new Committed(settings, application, List.of(), 0);
                PlainStreams streams = new PlainStreams(
                        topology(), StreamsConfiguration.exactlyOnce(settings, application, pass.configuration()))) {
            return pass.measure(streams, committed);
        }
    }

    private Topology topology() {
        Topology topology = new Topology();
        topology.addSource("events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), settings.topic());
        topology.<byte[], byte[], Void, Void>addProcessor("drop", Drop::new, "events");
        return topology;
    }

    private static final class Drop implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}
