package dev.weir.app.demo;

import dev.weir.app.config.WeirConfig;
import dev.weir.serde.AvroDeserializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the committed records of one topic from its beginning, without a consumer group. One thread. */
final class TopicReader<T extends SpecificRecord> implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaConsumer<String, T> consumer;
    private final List<TopicPartition> partitions;

    TopicReader(WeirConfig config, String topic) {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        Map<String, Object> serde = new HashMap<>(config.schemaRegistry().serdeProperties());
        serde.put("specific.avro.reader", true);
        AvroDeserializer<T> values = new AvroDeserializer<>();
        values.configure(serde, false);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values);
        partitions = consumer.partitionsFor(config.topics().name(topic)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Passes on what has come since the last call, waiting a moment for it. */
    void poll(Consumer<T> each) {
        for (ConsumerRecord<String, T> next : consumer.poll(WAIT)) {
            each.accept(next.value());
        }
    }

    /** Passes on everything up to the end of the topic as it is now. */
    void readToEnd(Consumer<T> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(each);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
