package dev.weir.topology.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/** A key of two numbers >= 0, the first a time, whose bytes sort as the numbers do. */
public final class TimeKey {
    private TimeKey() {}

    public static Bytes of(long timeMs, long second) {
        return Bytes.wrap(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(timeMs)
                .putLong(second)
                .array());
    }

    public static long timeMs(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong();
    }

    public static long second(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(Long.BYTES);
    }
}
