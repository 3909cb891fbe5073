package dev.weir.topology.shuffle;

import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.series.Series;
import dev.weir.topology.time.Watermark;
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
 * The bytes of messages between stages: one byte for the type, then its fields in order. Without state: threads may share
 * it.
 */
public final class ShuffledSerde implements Serde<Shuffled> {
    private static final byte EVENT = 1;
    private static final byte RULE_INPUT = 2;
    private static final byte TIME = 3;
    private static final String NO_OUTCOME = "";

    @Override
    public Serializer<Shuffled> serializer() {
        return (topic, message) -> encode(message);
    }

    @Override
    public Deserializer<Shuffled> deserializer() {
        return (topic, bytes) -> decode(bytes);
    }

    static byte[] encode(Shuffled message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (message instanceof Shuffled.Event event) {
                out.writeByte(EVENT);
                writeMeasurement(event.measurement(), out);
            } else if (message instanceof Shuffled.RuleInput input) {
                out.writeByte(RULE_INPUT);
                SeriesCodec.writeString(input.group(), out);
                SeriesCodec.write(input.series(), out);
                out.writeLong(input.pane().startMs());
                writeBytes(ByteBuffer.wrap(input.pane().aggregate().encode()), out);
            } else if (message instanceof Shuffled.Time time) {
                out.writeByte(TIME);
                out.writeInt(time.watermark().upstream());
                out.writeInt(time.watermark().upstreams());
                out.writeLong(time.watermark().timeMs());
                out.writeBoolean(time.watermark().idle());
                out.writeLong(time.watermark().saidAtMs());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Shuffled decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte type = in.readByte();
            return switch (type) {
                case EVENT -> new Shuffled.Event(readMeasurement(in));
                case RULE_INPUT -> {
                    String group = SeriesCodec.readString(in);
                    Series series = SeriesCodec.read(in);
                    long startMs = in.readLong();
                    Aggregate aggregate = Aggregate.decode(readBytes(in));
                    yield new Shuffled.RuleInput(group, series, new Pane(startMs, aggregate));
                }
                case TIME ->
                    new Shuffled.Time(
                            new Watermark(in.readInt(), in.readInt(), in.readLong(), in.readBoolean(), in.readLong()));
                default ->
                    throw new IllegalArgumentException(
                            "message type is " + type + ", must be 1 to 3 (an internal topic holds foreign records)");
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("message of " + bytes.length + " bytes is cut short", e);
        }
    }

    private static void writeMeasurement(Measurement measurement, DataOutputStream out) throws IOException {
        SeriesCodec.write(measurement.series(), out);
        out.writeLong(measurement.timestampMs());
        out.writeDouble(measurement.value());
        Outcome outcome = measurement.outcome();
        out.writeUTF(outcome == null ? NO_OUTCOME : outcome.name());
        Measurement.Observed histogram = measurement.histogram();
        out.writeBoolean(histogram != null);
        if (histogram != null) {
            writeBytes(histogram.sketch(), out);
            Double sum = histogram.sum();
            out.writeBoolean(sum != null);
            if (sum != null) {
                out.writeDouble(sum);
            }
        }
        out.writeInt(measurement.source().partition());
        out.writeLong(measurement.source().offset());
        out.writeInt(measurement.source().index());
        out.writeLong(measurement.source().brokerTimeMs());
        Original original = measurement.original();
        out.writeBoolean(original != null);
        if (original != null) {
            out.writeInt(original.size());
            writeBytes(original.bytes(), out);
        }
    }

    private static Measurement readMeasurement(DataInputStream in) throws IOException {
        Series series = SeriesCodec.read(in);
        long timestampMs = in.readLong();
        double value = in.readDouble();
        String outcome = in.readUTF();
        Measurement.Observed histogram = in.readBoolean() ? readObserved(in) : null;
        Coordinates source = new Coordinates(in.readInt(), in.readLong(), in.readInt(), in.readLong());
        Original original = in.readBoolean() ? new Original(in.readInt(), readBytes(in)) : null;
        return new Measurement(
                series,
                timestampMs,
                value,
                outcome.isEmpty() ? null : Outcome.valueOf(outcome),
                histogram,
                source,
                original);
    }

    private static Measurement.Observed readObserved(DataInputStream in) throws IOException {
        ByteBuffer sketch = readBytes(in);
        Double sum = in.readBoolean() ? Double.valueOf(in.readDouble()) : null;
        return new Measurement.Observed(sketch, sum);
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
