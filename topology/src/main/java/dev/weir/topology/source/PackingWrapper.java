package dev.weir.topology.source;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.streams.internals.ConsumerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Packs the records of the main consumer that Kafka Streams makes itself, where the broker assigns its tasks.
 *
 * <p>Made by Kafka Streams from the name of the class; it finds its {@link PackingClients} in the consumer's configuration. Values
 * are copied there, as they are not in a consumer of {@link PackingClients}: its deserializers are Kafka's.
 */
public final class PackingWrapper extends ConsumerWrapper {
    static final String CLIENTS = "weir.packing.clients";

    private @Nullable Packing packing;

    @Override
    public void wrapConsumer(
            AsyncKafkaConsumer<byte[], byte[]> consumer,
            Map<String, Object> config,
            Optional<StreamsRebalanceData> rebalanceData) {
        super.wrapConsumer(consumer, config, rebalanceData);
        PackingClients clients = (PackingClients) Objects.requireNonNull(config.get(CLIENTS));
        packing = clients.packing();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return Objects.requireNonNull(packing).packed(delegate, super.poll(timeout));
    }
}
