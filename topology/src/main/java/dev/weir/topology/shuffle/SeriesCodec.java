package dev.weir.topology.shuffle;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bytes of a series in internal topics and stores. */
public final class SeriesCodec {
    private SeriesCodec() {}

    /** The bytes of a series; equal series have equal bytes. */
    public static byte[] encode(Series series) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try {
            write(series, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The series whose bytes these are. */
    public static Series decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("series of " + bytes.length + " bytes is cut short", e);
        }
    }

    public static void write(Series series, DataOutput out) throws IOException {
        writeString(series.metric(), out);
        writeString(series.service(), out);
        out.writeUTF(series.kind().name());
        writeNullable(series.unit(), out);
        out.writeShort(series.labels().size());
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            writeString(label.getKey(), out);
            writeString(label.getValue(), out);
        }
    }

    public static Series read(DataInput in) throws IOException {
        String metric = readString(in);
        String service = readString(in);
        MetricKind kind = MetricKind.valueOf(in.readUTF());
        String unit = readNullable(in);
        TreeMap<String, String> labels = new TreeMap<>();
        for (int i = in.readShort(); i > 0; i--) {
            labels.put(readString(in), readString(in));
        }
        return new Series(metric, service, labels, kind, unit);
    }

    static void writeString(String value, DataOutput out) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readString(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void writeNullable(@Nullable String value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            writeString(value, out);
        }
    }

    static @Nullable String readNullable(DataInput in) throws IOException {
        return in.readBoolean() ? readString(in) : null;
    }
}
