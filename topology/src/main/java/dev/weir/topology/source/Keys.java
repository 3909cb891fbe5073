package dev.weir.topology.source;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Keys as bytes; none for one topic, whose keys nobody reads. */
record Keys(String unread) implements Deserializer<byte[]> {
    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return topic.equals(unread) ? null : data;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null || topic.equals(unread) ? null : Utils.toArray(data);
    }
}
