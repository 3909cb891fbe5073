package dev.weir.topology.shuffle;

import dev.weir.events.Outcome;
import dev.weir.series.Series;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.time.Watermark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of messages between stages: one byte for the type, then its fields in order. Without state: threads may share
 * it.
 */
public final class ShuffledSerde implements Serde<Shuffled> {
    public static final Serializer<Shuffled> SERIALIZER = (topic, message) -> encode(message);
    public static final Deserializer<Shuffled> DESERIALIZER = (topic, bytes) -> decode(bytes);

    private static final byte EVENT = 1;
    private static final byte RULE_INPUTS = 2;
    private static final byte TIME = 3;
    private static final byte MOVED = 5;
    private static final String NO_OUTCOME = "";

    @Override
    public Serializer<Shuffled> serializer() {
        return SERIALIZER;
    }

    @Override
    public Deserializer<Shuffled> deserializer() {
        return DESERIALIZER;
    }

    static byte[] encode(Shuffled message) {
        if (message instanceof Shuffled.Deltas deltas) {
            return deltas.pack();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (message instanceof SeriesEvent event) {
                out.writeByte(EVENT);
                writeEvent(event, out);
            } else if (message instanceof Shuffled.RuleInputs inputs) {
                out.writeByte(RULE_INPUTS);
                writeString(inputs.group(), out);
                writeBytes(ByteBuffer.wrap(inputs.pack()), out);
            } else if (message instanceof MovedState moved) {
                out.writeByte(MOVED);
                out.writeInt(moved.from());
                out.writeLong(moved.changeMs());
                out.writeUTF(moved.kind().name());
                writeString(moved.key(), out);
                writeBytes(ByteBuffer.wrap(moved.value()), out);
            } else if (message instanceof Shuffled.Time time) {
                out.writeByte(TIME);
                out.writeInt(time.watermark().upstream());
                out.writeInt(time.watermark().upstreams());
                out.writeLong(time.watermark().timeMs());
                out.writeBoolean(time.watermark().idle());
                out.writeLong(time.watermark().saidAtMs());
                out.writeLong(time.rules().rules());
                out.writeLong(time.rules().fromMs());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Shuffled decode(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == DeltaPack.TYPE) {
            return new Shuffled.Deltas(Shuffled.ARRIVED, bytes);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte type = in.readByte();
            return switch (type) {
                case EVENT -> readEvent(in);
                case RULE_INPUTS ->
                    new Shuffled.RuleInputs(readString(in), readBytes(in).array());
                case MOVED ->
                    new MovedState(
                            Shuffled.ARRIVED,
                            in.readInt(),
                            in.readLong(),
                            MovedState.Kind.valueOf(in.readUTF()),
                            readString(in),
                            readBytes(in).array());
                case TIME ->
                    new Shuffled.Time(
                            new Watermark(in.readInt(), in.readInt(), in.readLong(), in.readBoolean(), in.readLong()),
                            new Announcement(in.readLong(), in.readLong()));
                default ->
                    throw new IllegalArgumentException(
                            "message type is " + type + ", must be 1 to 5 (an internal topic holds foreign records)");
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("message of " + bytes.length + " bytes is cut short", e);
        }
    }

    private static void writeEvent(SeriesEvent event, DataOutputStream out) throws IOException {
        writeBytes(ByteBuffer.wrap(SeriesCodec.encode(event.series())), out);
        out.writeLong(event.timestampMs());
        out.writeDouble(event.value());
        Outcome outcome = event.outcome();
        out.writeUTF(outcome == null ? NO_OUTCOME : outcome.name());
        SeriesEvent.Observed histogram = event.histogram();
        out.writeBoolean(histogram != null);
        if (histogram != null) {
            writeBytes(histogram.sketch(), out);
            Double sum = histogram.sum();
            out.writeBoolean(sum != null);
            if (sum != null) {
                out.writeDouble(sum);
            }
        }
        out.writeBoolean(event.late());
        out.writeInt(event.source().partition());
        out.writeLong(event.source().offset());
        out.writeInt(event.source().index());
        out.writeLong(event.source().brokerTimeMs());
        Original original = event.original();
        out.writeBoolean(original != null);
        if (original != null) {
            out.writeInt(original.size());
            writeBytes(original.bytes(), out);
        }
        writeNullable(event.eventId(), out);
    }

    private static SeriesEvent readEvent(DataInputStream in) throws IOException {
        Series series = SeriesCodec.decode(readBytes(in).array());
        long timestampMs = in.readLong();
        double value = in.readDouble();
        String outcome = in.readUTF();
        SeriesEvent.Observed histogram = in.readBoolean() ? readObserved(in) : null;
        boolean late = in.readBoolean();
        Coordinates source = new Coordinates(in.readInt(), in.readLong(), in.readInt(), in.readLong());
        Original original = in.readBoolean() ? new Original(in.readInt(), readBytes(in)) : null;
        String eventId = readNullable(in);
        return new SeriesEvent(
                series,
                timestampMs,
                value,
                outcome.isEmpty() ? null : Outcome.valueOf(outcome),
                histogram,
                late,
                source,
                original,
                eventId);
    }

    private static SeriesEvent.Observed readObserved(DataInputStream in) throws IOException {
        ByteBuffer sketch = readBytes(in);
        Double sum = in.readBoolean() ? Double.valueOf(in.readDouble()) : null;
        return new SeriesEvent.Observed(sketch, sum);
    }

    private static void writeString(String value, DataOutputStream out) throws IOException {
        writeBytes(ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)), out);
    }

    private static String readString(DataInputStream in) throws IOException {
        return new String(readBytes(in).array(), StandardCharsets.UTF_8);
    }

    private static void writeNullable(@Nullable String value, DataOutputStream out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            writeString(value, out);
        }
    }

    private static @Nullable String readNullable(DataInputStream in) throws IOException {
        return in.readBoolean() ? readString(in) : null;
    }

    private static void writeBytes(ByteBuffer buffer, DataOutputStream out) throws IOException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static ByteBuffer readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
