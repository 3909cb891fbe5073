package dev.weir.benchmarks.engine.limit;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.pane.Aggregate;
import dev.weir.serde.AvroSerializer;
import dev.weir.series.Series;
import dev.weir.topology.aggregate.WindowRecord;
import dev.weir.topology.aggregate.WindowSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads its partitions once from beginning to end, windows every measurement in the heap and sends what closes. One thread. */
final class LimitLoop implements Runnable, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLL_RECORDS = 10_000;
    private static final long LATENESS_MS = 2_000;

    private final KafkaConsumer<Void, ByteBuffer> consumer;
    private final Producer<byte[], byte[]> producer;
    private final AvroSerializer<WindowAggregate> values = new AvroSerializer<>();
    private final LimitSettings settings;
    private final EventBytes event = new EventBytes();
    private final SeriesIndex index = new SeriesIndex();
    private final Map<TopicPartition, PartitionWindows> partitions = new HashMap<>();
    private final BatchSchema batchSchema;
    private long events;

    LimitLoop(LimitSettings settings, Collection<Integer> partitionNumbers, Producer<byte[], byte[]> producer) {
        this.settings = settings;
        this.producer = producer;
        values.configure(settings.registry(), false);
        batchSchema = new BatchSchema(settings.registry());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        POLL_RECORDS),
                ignored(),
                new ByteBufferDeserializer());
        for (int partition : partitionNumbers) {
            partitions.put(new TopicPartition(settings.topic(), partition), new PartitionWindows());
        }
        consumer.assign(partitions.keySet());
        consumer.seekToBeginning(partitions.keySet());
        // Connects and finds the beginning, which is no part of the loop.
        partitions.keySet().forEach(consumer::position);
    }

    @Override
    public void run() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions.keySet());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<Void, ByteBuffer> polled = consumer.poll(POLL);
            for (TopicPartition partition : polled.partitions()) {
                PartitionWindows windows = partitions.get(partition);
                if (windows != null) {
                    windows.add(polled.records(partition));
                }
            }
        }
        producer.flush();
    }

    /** Measurements so far. */
    long events() {
        return events;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private final class PartitionWindows {
        private final HeapWindows windows = new HeapWindows(index, settings.windowMs());
        private long greatestMs = Long.MIN_VALUE;
        private long closedUntilMs = Long.MIN_VALUE;

        void add(List<ConsumerRecord<Void, ByteBuffer>> records) {
            for (ConsumerRecord<Void, ByteBuffer> next : records) {
                ByteBuffer value = next.value();
                int from = value.arrayOffset() + value.position();
                event.open(value.array(), from, batchSchema.isBatch(value.getInt(value.position() + 1)));
                while (event.next()) {
                    windows.record(index.numberOf(event), event);
                    greatestMs = Math.max(greatestMs, event.timestampMs());
                    events++;
                }
            }
            // Not more often than a window can end.
            long watermarkMs = greatestMs - LATENESS_MS;
            if (watermarkMs - closedUntilMs >= settings.windowMs() || closedUntilMs == Long.MIN_VALUE) {
                windows.close(watermarkMs, this::publish);
                closedUntilMs = watermarkMs - Math.floorMod(watermarkMs, settings.windowMs());
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // no fault tolerance is what this loop is about
        private void publish(long startMs, int number, Aggregate window) {
            Series series = index.series(number);
            byte[] key = series.key().getBytes(StandardCharsets.UTF_8);
            byte[] value =
                    values.serialize(settings.output(), WindowRecord.of(WindowSize.MINUTE, startMs, series, window, 0));
            producer.send(new ProducerRecord<>(settings.output(), key, value));
        }
    }

    private static Deserializer<Void> ignored() {
        return new Deserializer<>() {
            @Override
            @SuppressWarnings("NullAway") // keys are not read
            public Void deserialize(String topic, byte[] bytes) {
                return null;
            }

            @Override
            @SuppressWarnings("NullAway") // keys are not read
            public Void deserialize(String topic, org.apache.kafka.common.header.Headers headers, ByteBuffer bytes) {
                return null;
            }
        };
    }
}
