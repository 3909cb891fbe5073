package dev.weir.notify;

import dev.weir.aggregates.WindowAggregate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the stream has come in event time, as its newest published windows show: a window is published when the stream
 * has passed its end. One thread.
 */
final class EventTime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventTime.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_POLLS = 10;

    /** Offsets looked at in each partition: the last may be the mark of a transaction. */
    private static final long LOOK_BACK = 32;

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<WindowAggregate> deserializer;

    /** @param consumer of committed records, without a group */
    EventTime(String topic, KafkaConsumer<byte[], byte[]> consumer, Deserializer<WindowAggregate> deserializer) {
        this.topic = topic;
        this.consumer = consumer;
        this.deserializer = deserializer;
    }

    /** The end of the newest window; empty if there is none, or Kafka or the registry do not say. */
    Optional<Instant> newest() {
        try {
            return read();
        } catch (KafkaException e) {
            LOG.debug("{} does not say how far the stream has come", topic, e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Optional<Instant> read() {
        Collection<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - LOOK_BACK)));
        Optional<Instant> newest = Optional.empty();
        for (int polls = 0; polls < MOST_POLLS && !isAt(ends); polls++) {
            for (ConsumerRecord<byte[], byte[]> next : consumer.poll(POLL)) {
                newest = later(newest, windowEnd(next));
            }
        }
        return newest;
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Optional<Instant> windowEnd(ConsumerRecord<byte[], byte[]> next) {
        Object value = ((Deserializer<?>) deserializer).deserialize(topic, next.headers(), next.value());
        return value instanceof WindowAggregate window && window.getFinal$()
                ? Optional.of(window.getWindowEnd())
                : Optional.empty();
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return List.of(one, other).stream().flatMap(Optional::stream).max(Instant::compareTo);
    }
}
