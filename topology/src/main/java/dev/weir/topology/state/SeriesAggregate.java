package dev.weir.topology.state;

import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.shuffle.SeriesCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A series with what it did in one pane or window.
 *
 * @param series who
 * @param aggregate what; changes as events come
 * @param revision how often the closed window has been published again
 */
public record SeriesAggregate(Series series, Aggregate aggregate, long revision) {

    public static SeriesAggregate empty(Series series) {
        SketchRange range = SketchRange.of(series.metric(), series.unit());
        return new SeriesAggregate(series, new Aggregate(series.kind(), range), 0);
    }

    public SeriesAggregate revised() {
        return new SeriesAggregate(series, aggregate, revision + 1);
    }

    /** Bytes in the state stores. Without state: threads may share it. */
    public static final class StoreSerde implements Serde<SeriesAggregate> {
        @Override
        public Serializer<SeriesAggregate> serializer() {
            return (topic, value) -> value == null ? null : encode(value);
        }

        @Override
        public Deserializer<SeriesAggregate> deserializer() {
            return (topic, bytes) -> bytes == null ? null : decode(bytes);
        }

        private static byte[] encode(SeriesAggregate value) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                SeriesCodec.write(value.series(), out);
                out.writeLong(value.revision());
                out.write(value.aggregate().encode());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private static SeriesAggregate decode(byte[] bytes) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                Series series = SeriesCodec.read(in);
                long revision = in.readLong();
                return new SeriesAggregate(series, Aggregate.decode(ByteBuffer.wrap(in.readAllBytes())), revision);
            } catch (IOException e) {
                throw new IllegalArgumentException("series aggregate of " + bytes.length + " bytes is cut short", e);
            }
        }
    }
}
