package dev.weir.publisher;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka producer, made when it is first needed: that fails as long as the names of the brokers cannot be resolved. Of one
 * thread.
 */
final class Connection {
    private final Map<String, Object> properties;
    private @Nullable Producer<String, SpecificRecord> producer;

    Connection(Map<String, Object> properties) {
        this.properties = properties;
    }

    /** Returns the producer; throws KafkaException if it cannot be made at the moment. */
    Producer<String, SpecificRecord> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(properties);
        }
        return producer;
    }

    boolean isOpen() {
        return producer != null;
    }

    /** Waits for what was sent to be confirmed. */
    void close(Duration timeout) {
        if (producer != null) {
            producer.close(timeout);
        }
    }
}
