package dev.weir.topology.state;

import dev.weir.series.Series;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * One slice of time of one series: a key of the state stores, ordered by start.
 *
 * @param startMs first instant of the slice, >= 0
 * @param id series key, kind and unit: values of another kind or unit do not add up with these
 */
public record SliceKey(long startMs, String id) {
    private static final char SEPARATOR = '\0';

    public static SliceKey of(long startMs, Series series) {
        String unit = series.unit();
        return new SliceKey(startMs, series.key() + series.kind() + (unit == null ? "" : " " + unit));
    }

    /** The key of a series in a part of the store, such as a rule group. */
    public SliceKey within(String part) {
        return new SliceKey(startMs, part + SEPARATOR + id);
    }

    /** The part given to {@link #within}. */
    public String part() {
        return id.substring(0, id.indexOf(SEPARATOR));
    }

    /** The key before all that start at {@code startMs} or later. */
    public static SliceKey from(long startMs) {
        return new SliceKey(startMs, "");
    }

    /** Bytes that sort as the keys do. Without state: threads may share it. */
    public static final class StoreSerde implements Serde<SliceKey> {
        @Override
        public Serializer<SliceKey> serializer() {
            return (topic, key) -> {
                byte[] id = key.id().getBytes(StandardCharsets.UTF_8);
                return ByteBuffer.allocate(Long.BYTES + id.length)
                        .putLong(key.startMs())
                        .put(id)
                        .array();
            };
        }

        @Override
        public Deserializer<SliceKey> deserializer() {
            return (topic, bytes) -> new SliceKey(
                    ByteBuffer.wrap(bytes).getLong(),
                    new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8));
        }
    }
}
