package dev.weir.topology.source;

import dev.weir.wire.ByteOutput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes; those of one topic one behind the other in a single array, and in their place where they begin in it. One
 * thread, that of the consumer.
 */
final class Values implements Deserializer<byte[]> {
    /*
     * An array for each value costs an allocation and, when thousands of them are copied into packs later, a cache miss each:
     * 14 % of all samples. Here a value is copied while the client has just read its length next to it.
     */
    private static final VarHandle START = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int INITIAL_BYTES = 1 << 16;
    private static final int KEPT_BYTES = 16 << 20;

    private final @Nullable String gathered;
    private ByteOutput bytes = new ByteOutput(INITIAL_BYTES);

    private Values(@Nullable String gathered) {
        this.gathered = gathered;
    }

    /** Those of this topic are gathered when they are deserialized. */
    static Values gathered(String topic) {
        return new Values(topic);
    }

    /** Values that another deserializer has made, gathered when they are asked for. */
    static Values copied() {
        return new Values(null);
    }

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return deserialize(topic, null, data == null ? null : ByteBuffer.wrap(data));
    }

    @Override
    public byte @Nullable [] deserialize(String topic, @Nullable Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (!topic.equals(gathered)) {
            return Utils.toArray(data);
        }
        byte[] place = new byte[Integer.BYTES];
        START.set(place, 0, bytes.size());
        bytes.putBytes(data);
        return place;
    }

    /** Where the value begins in the array, of what stands in its place or of itself. */
    int start(byte[] value) {
        if (gathered != null) {
            return (int) START.get(value, 0);
        }
        int start = bytes.size();
        bytes.putBytes(value, 0, value.length);
        return start;
    }

    /** The gathered values. */
    byte[] array() {
        return bytes.array();
    }

    /** Forgets all values. */
    void clear() {
        if (bytes.array().length > KEPT_BYTES) {
            bytes = new ByteOutput(INITIAL_BYTES);
        }
        bytes.clear();
    }
}
