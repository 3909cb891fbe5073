package dev.weir.topology.time;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka Streams' own clients, with a main consumer that notes in {@link InputPositions} how far it has read one topic.
 */
public final class PositionTrackingClients extends DefaultKafkaClientSupplier {
    private final String topic;
    private final InputPositions positions;

    public PositionTrackingClients(String topic, InputPositions positions) {
        this.topic = topic;
        this.positions = positions;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new TrackingConsumer(config);
    }

    private final class TrackingConsumer extends KafkaConsumer<byte[], byte[]> {
        private Set<TopicPartition> tracked = Set.of();

        TrackingConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            Set<TopicPartition> assigned = new HashSet<>(assignment());
            assigned.removeIf(partition -> !partition.topic().equals(topic));
            for (TopicPartition partition : tracked) {
                if (!assigned.contains(partition)) {
                    positions.revoked(partition.partition());
                }
            }
            tracked = assigned;
            for (TopicPartition partition : assigned) {
                List<ConsumerRecord<byte[], byte[]>> delivered = records.records(partition);
                OptionalLong last = delivered.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(delivered.get(delivered.size() - 1).offset());
                positions.polled(partition.partition(), last, currentLag(partition));
            }
            return records;
        }
    }
}
