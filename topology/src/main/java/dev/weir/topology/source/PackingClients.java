package dev.weir.topology.source;

import dev.weir.topology.time.InputPositions;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka Streams' own clients, with a main consumer that hands over the records of one topic as {@link RecordPack}s and notes in
 * {@link InputPositions} how far it has read them.
 */
public final class PackingClients extends DefaultKafkaClientSupplier {
    private final String topic;
    private final InputPositions positions;

    public PackingClients(String topic, InputPositions positions) {
        this.topic = topic;
        this.positions = positions;
    }

    /**
     * What must be added to the configuration: with {@code group.protocol=streams} Kafka Streams makes the main consumer
     * itself, and takes a wrapper for it from there.
     */
    public Map<String, Object> configuration() {
        return Map.of(
                StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER,
                PackingWrapper.class,
                StreamsConfig.mainConsumerPrefix(PackingWrapper.CLIENTS),
                this);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PackingConsumer(config);
    }

    /** For a consumer whose deserializers are Kafka's. */
    Packing packing() {
        return new Packing(topic, positions, Values::wrapped);
    }

    private final class PackingConsumer extends KafkaConsumer<byte[], byte[]> {
        private final Packing packing = new Packing(topic, positions, Values::read);

        PackingConsumer(Map<String, Object> config) {
            super(config, new Keys(topic), Values.of(topic));
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            return packing.packed(this, super.poll(timeout));
        }
    }
}
