package dev.weir.topology.ingest;

import dev.weir.topology.source.RecordPack;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Packs of input records, short to write. */
final class Packs {
    static final long OFFSET = 41;
    static final long BROKER_MS = 1_700_000_000_000L;

    private static final int AROUND = 7;

    private Packs() {}

    /** A pack of these values, from {@link #OFFSET}, all written at {@link #BROKER_MS}. */
    static RecordPack of(byte[]... values) {
        return new RecordPack(IntStream.range(0, values.length)
                .mapToObj(i -> record(OFFSET + i, BROKER_MS, new RecordHeaders(), values[i]))
                .toList());
    }

    /** A record of this value, in the middle of a larger array. */
    static ConsumerRecord<byte[], ByteBuffer> record(byte @Nullable [] value) {
        return record(OFFSET, BROKER_MS, new RecordHeaders(), value);
    }

    static ConsumerRecord<byte[], ByteBuffer> record(
            long offset, long timestampMs, Headers headers, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "events",
                0,
                offset,
                timestampMs,
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                null,
                value == null ? null : inside(value),
                headers,
                Optional.empty());
    }

    private static ByteBuffer inside(byte[] value) {
        ByteBuffer larger = ByteBuffer.allocate(value.length + 2 * AROUND);
        larger.position(1);
        ByteBuffer slice = larger.slice();
        return slice.position(AROUND - 1).put(value).flip().position(AROUND - 1);
    }
}
