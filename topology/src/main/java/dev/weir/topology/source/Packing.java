package dev.weir.topology.source;

import dev.weir.topology.time.InputPositions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What one consumer does with each poll: records of one topic become packs, and how far they reach is noted. One thread. */
final class Packing {
    /*
     * A pack has the offset of its first record, and the offsets that a poll ends at are passed on as they are. Kafka Streams
     * commits the offset of the first record it has not processed, or else the end of the poll: both are bounds of packs, so
     * a pack is processed as a whole or again as a whole.
     */
    static final int MOST_RECORDS = 1_000;
    static final int FULL_BYTES = 256 << 10;

    private final String topic;
    private final InputPositions positions;
    private final Values values;
    private final RecordPack.Writer pack = new RecordPack.Writer();
    private Set<TopicPartition> tracked = Set.of();

    /** @param values of the records, if they were gathered when they were read */
    Packing(String topic, InputPositions positions, Values values) {
        this.topic = topic;
        this.positions = positions;
        this.values = values;
    }

    /** Must be called before each poll. */
    void beforePoll() {
        values.clear();
    }

    /** What a poll of the consumer has returned, packed. */
    ConsumerRecords<byte[], byte[]> packed(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        track(consumer, records);
        if (records.isEmpty()) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> packed = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> delivered = records.records(partition);
            packed.put(partition, partition.topic().equals(topic) ? packs(delivered) : delivered);
        }
        return new ConsumerRecords<>(packed, records.nextOffsets());
    }

    private List<ConsumerRecord<byte[], byte[]>> packs(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> packs = new ArrayList<>();
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        int from = 0;
        int to = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte @Nullable [] value = record.value();
            int start = value == null ? to : values.start(value);
            int length = value == null ? RecordPack.NO_VALUE : record.serializedValueSize();
            boolean full = pack.records() == MOST_RECORDS || to - from >= FULL_BYTES;
            // Values of one partition follow each other, but for where the client has changed to another one and back.
            if (pack.records() > 0 && (full || start != to)) {
                packs.add(packOf(first, from, to));
            }
            if (pack.records() == 0) {
                first = record;
                from = start;
            }
            pack.add(record.offset(), record.timestamp(), record.headers(), length);
            to = start + Math.max(0, length);
        }
        packs.add(packOf(first, from, to));
        return packs;
    }

    private ConsumerRecord<byte[], byte[]> packOf(ConsumerRecord<byte[], byte[]> first, int from, int to) {
        byte[] bytes = pack.take(values.array(), from, to);
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                first.timestamp(),
                first.timestampType(),
                ConsumerRecord.NULL_SIZE,
                bytes.length,
                null,
                bytes,
                new RecordHeaders(),
                first.leaderEpoch());
    }

    private void track(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
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
            positions.polled(partition.partition(), last, consumer.currentLag(partition));
        }
    }
}
