package dev.weir.topology.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.topology.time.InputPositions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackingTest {
    private static final TopicPartition EVENTS = new TopicPartition("events", 3);
    private static final long FIRST = 41;

    @ParameterizedTest
    @CsvSource({"1,1", "999,1", "1000,1", "1001,2", "2000,2", "2001,3"})
    void packHasAtMostAThousandRecords(int records, int packs) {
        assertPacks(packs(records, 1), records, packs);
    }

    // 256 KB are 262,144 bytes: the record that reaches them is the last of its pack.
    @ParameterizedTest
    @CsvSource({"2,131071,1", "3,131071,1", "4,131071,2", "2,131072,1", "3,131072,2", "3,262144,3", "3,300000,3"})
    void packIsFullAt256KilobytesOfValues(int records, int bytes, int packs) {
        assertPacks(packs(records, bytes), records, packs);
    }

    @Test
    void packIsReadFromItsHeaderOnly() {
        RecordPack pack = new RecordPack(List.of());
        assertThat(pack.value()).isNull();
        assertThat(RecordPack.SERDE.deserializer().deserialize("events", new RecordHeaders().add(pack), new byte[0]))
                .isSameAs(pack);
        assertThatThrownBy(() -> RecordPack.SERDE.deserializer().deserialize("events", new byte[0]))
                .hasMessage("a pack is found by the headers of its record, which are missing");
        assertThatThrownBy(() -> RecordPack.SERDE.serializer().serialize("events", pack))
                .hasMessage("a pack has no bytes, must stay in its process");
    }

    private static void assertPacks(List<ConsumerRecord<byte[], byte[]>> packs, int records, int expected) {
        assertThat(packs).hasSize(expected);
        long next = FIRST;
        for (ConsumerRecord<byte[], byte[]> pack : packs) {
            assertThat(pack.offset()).isEqualTo(next);
            int bytes = 0;
            for (ConsumerRecord<byte[], ByteBuffer> record : RecordPack.SERDE
                    .deserializer()
                    .deserialize(EVENTS.topic(), pack.headers(), pack.value())
                    .records()) {
                assertThat(record.offset()).isEqualTo(next++);
                bytes += record.value().remaining();
            }
            assertThat(pack.serializedValueSize()).isEqualTo(bytes);
        }
        assertThat(next).isEqualTo(FIRST + records);
    }

    private static List<ConsumerRecord<byte[], byte[]>> packs(int records, int bytes) {
        List<ConsumerRecord<byte[], byte[]>> polled = IntStream.range(0, records)
                .mapToObj(i -> record(FIRST + i, bytes))
                .toList();
        try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest")) {
            consumer.assign(List.of(EVENTS));
            Packing packing = new Packing(EVENTS.topic(), new InputPositions(), Values::wrapped);
            ConsumerRecords<byte[], byte[]> packed = packing.packed(
                    consumer,
                    new ConsumerRecords<>(
                            Map.of(EVENTS, polled), Map.of(EVENTS, new OffsetAndMetadata(FIRST + records))));
            assertThat(packed.nextOffsets()).containsEntry(EVENTS, new OffsetAndMetadata(FIRST + records));
            return packed.records(EVENTS);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, int bytes) {
        return new ConsumerRecord<>(
                EVENTS.topic(),
                EVENTS.partition(),
                offset,
                0,
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                bytes,
                null,
                new byte[bytes],
                new RecordHeaders(),
                Optional.empty());
    }
}
