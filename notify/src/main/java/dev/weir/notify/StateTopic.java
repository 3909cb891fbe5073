package dev.weir.notify;

import dev.weir.alerts.AlertTransition;
import dev.weir.serde.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The topic of the latest transitions, read whole from its beginning and then as it grows. One thread, but for {@link #wakeup}. */
final class StateTopic implements AutoCloseable {
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<AlertTransition> deserializer;
    private final Deque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();
    private @Nullable Map<TopicPartition, Long> endsAtStart;
    private long undecodable;

    /** @param consumer of committed records, without a group */
    StateTopic(String topic, KafkaConsumer<byte[], byte[]> consumer, Deserializer<AlertTransition> deserializer) {
        this.topic = topic;
        this.consumer = consumer;
        this.deserializer = deserializer;
    }

    /**
     * Passes on what has come, waiting so long for it; what cannot be decoded is counted. A record at which this throws
     * is passed on by the next call.
     *
     * @throws RegistryUnavailableException while a schema cannot be asked for
     * @throws org.apache.kafka.common.errors.RetriableException while the broker does not answer, before the first record
     */
    void poll(Duration wait, Consumer<AlertTransition> changed, Consumer<String> gone) {
        begin();
        if (polled.isEmpty()) {
            consumer.poll(wait).forEach(polled::add);
        }
        for (ConsumerRecord<byte[], byte[]> next = polled.peek(); next != null; next = polled.peek()) {
            pass(next, changed, gone);
            polled.remove();
        }
    }

    /** Whether all that was there at the start has been passed on. */
    boolean isReadToEnd() {
        return endsAtStart != null
                && polled.isEmpty()
                && endsAtStart.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    long undecodable() {
        return undecodable;
    }

    /** Ends a wait for records by an exception; from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void begin() {
        if (endsAtStart != null) {
            return;
        }
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        endsAtStart = consumer.endOffsets(partitions);
    }

    private void pass(ConsumerRecord<byte[], byte[]> next, Consumer<AlertTransition> changed, Consumer<String> gone) {
        if (next.value() == null) {
            gone.accept(new String(next.key(), StandardCharsets.UTF_8));
            return;
        }
        try {
            // A deserializer that follows the writer's schema may return another class than its type says.
            Object value = ((Deserializer<?>) deserializer).deserialize(topic, next.headers(), next.value());
            if (value instanceof AlertTransition transition) {
                changed.accept(transition);
            } else {
                undecodable++;
            }
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            undecodable++;
        }
    }
}
