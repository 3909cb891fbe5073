package dev.weir.topology.source;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * Many input records of one partition, in the order of their offsets, as the consumer has read them: values in arrays of the
 * heap that nobody writes to, no keys.
 *
 * <p>A pack never leaves its thread. It travels through Kafka Streams as a header of the one record that Kafka Streams sees,
 * because of that record only the headers may be other than bytes.
 */
public record RecordPack(List<ConsumerRecord<byte[], ByteBuffer>> records) implements Header {
    /** Finds the pack that came with a record. Nothing writes one. */
    public static final Serde<RecordPack> SERDE = Serdes.serdeFrom(
            (topic, pack) -> {
                throw new UnsupportedOperationException("a pack has no bytes, must stay in its process");
            },
            new InHeaders());

    private static final String KEY = "weir.pack";

    @Override
    public String key() {
        return KEY;
    }

    /** Null: a pack is never written. */
    @Override
    @SuppressWarnings("NullAway") // Kafka's headers may have null values, which its interface does not say.
    public byte[] value() {
        return null;
    }

    private static final class InHeaders implements Deserializer<RecordPack> {
        @Override
        public RecordPack deserialize(String topic, Headers headers, byte @Nullable [] data) {
            return (RecordPack) headers.lastHeader(KEY);
        }

        @Override
        public RecordPack deserialize(String topic, byte @Nullable [] data) {
            throw new UnsupportedOperationException("a pack is found by the headers of its record, which are missing");
        }
    }
}
