package dev.weir.benchmarks.engine.system;

import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A topology on Kafka Streams itself. A thread that fails ends it. */
final class PlainStreams implements StreamsUnderTest {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final AtomicReference<String> failure = new AtomicReference<>("");

    PlainStreams(Topology topology, Properties config) {
        streams = new KafkaStreams(topology, config);
        streams.setUncaughtExceptionHandler(thrown -> {
            failure.compareAndSet("", String.valueOf(thrown));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
    }

    @Override
    public KafkaStreams streams() {
        return streams;
    }

    @Override
    public String failure() {
        return Objects.requireNonNull(failure.get());
    }

    @Override
    public void close() {
        streams.close(CLOSE_TIMEOUT);
        streams.cleanUp();
    }
}
