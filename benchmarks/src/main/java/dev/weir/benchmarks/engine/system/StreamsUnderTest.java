package dev.weir.benchmarks.engine.system;

import org.apache.kafka.streams.KafkaStreams;

/** An application on Kafka Streams that has been started. */
interface StreamsUnderTest extends AutoCloseable {
    KafkaStreams streams();

    /** Why it cannot go on; empty while it can. */
    String failure();

    @Override
    void close();
}
