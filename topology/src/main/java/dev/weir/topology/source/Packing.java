package dev.weir.topology.source;

import dev.weir.topology.time.InputPositions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What one consumer does with each poll: records of one topic become packs, and how far they reach is noted. One thread. */
final class Packing {
    /*
     * A pack has the offset of its first record, and the offsets that a poll ends at are passed on as they are. Kafka Streams
     * commits the offset of the first record it has not processed, or else the end of the poll: both are bounds of packs, so
     * a pack is processed as a whole or again as a whole.
     */
    // Between two packs Kafka Streams looks whether it is time to commit.
    static final int MOST_RECORDS = 1_000;
    static final int FULL_BYTES = 256 << 10;

    private static final byte[] NO_BYTES = {};

    private final String topic;
    private final InputPositions positions;
    private final Function<List<ConsumerRecord<byte[], byte[]>>, List<ConsumerRecord<byte[], ByteBuffer>>> values;
    private Set<TopicPartition> tracked = Set.of();

    /** @param values gives the records of the topic that a poll has returned their values as buffers */
    Packing(
            String topic,
            InputPositions positions,
            Function<List<ConsumerRecord<byte[], byte[]>>, List<ConsumerRecord<byte[], ByteBuffer>>> values) {
        this.topic = topic;
        this.positions = positions;
        this.values = values;
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
            packed.put(partition, partition.topic().equals(topic) ? packs(values.apply(delivered)) : delivered);
        }
        return new ConsumerRecords<>(packed, records.nextOffsets());
    }

    private static List<ConsumerRecord<byte[], byte[]>> packs(List<ConsumerRecord<byte[], ByteBuffer>> records) {
        List<ConsumerRecord<byte[], byte[]>> packs = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int to = 0; to < records.size(); to++) {
            if (to - from == MOST_RECORDS || bytes >= FULL_BYTES) {
                packs.add(packOf(records.subList(from, to), bytes));
                from = to;
                bytes = 0;
            }
            bytes += Math.max(0, records.get(to).serializedValueSize());
        }
        packs.add(packOf(records.subList(from, records.size()), bytes));
        return packs;
    }

    private static ConsumerRecord<byte[], byte[]> packOf(List<ConsumerRecord<byte[], ByteBuffer>> records, int bytes) {
        ConsumerRecord<byte[], ByteBuffer> first = records.get(0);
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                first.timestamp(),
                first.timestampType(),
                ConsumerRecord.NULL_SIZE,
                bytes,
                null,
                NO_BYTES,
                new RecordHeaders().add(new RecordPack(records)),
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
