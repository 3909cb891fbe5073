package dev.weir.topology.source;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes; those of one topic as the buffers that the client has read them into, without a copy. Kafka Streams must
 * not see these: for it all are {@code byte[]}.
 */
record Values(String packed) implements Deserializer<Object> {
    /** For a consumer whose records of that topic are {@link #read}. */
    @SuppressWarnings("unchecked") // the type is erased, and what is not a byte[] goes to read() alone
    static Deserializer<byte[]> of(String packed) {
        return (Deserializer<byte[]>) (Deserializer<?>) new Values(packed);
    }

    /** Records of the packed topic with the values they really have. */
    @SuppressWarnings("unchecked")
    static List<ConsumerRecord<byte[], ByteBuffer>> read(List<ConsumerRecord<byte[], byte[]>> records) {
        return (List<ConsumerRecord<byte[], ByteBuffer>>) (List<?>) records;
    }

    /** Records that another deserializer has read. */
    static List<ConsumerRecord<byte[], ByteBuffer>> wrapped(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(Values::wrapped).toList();
    }

    private static ConsumerRecord<byte[], ByteBuffer> wrapped(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                null,
                value == null ? null : ByteBuffer.wrap(value),
                record.headers(),
                record.leaderEpoch());
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        return data == null || !topic.equals(packed) ? data : ByteBuffer.wrap(data);
    }

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null || topic.equals(packed) ? data : Utils.toArray(data);
    }
}
