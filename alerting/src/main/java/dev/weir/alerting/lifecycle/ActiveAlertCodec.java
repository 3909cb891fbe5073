package dev.weir.alerting.lifecycle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Binary form of the state of an alert.
 *
 * <p>Version 1, big-endian: version (byte), phase code (byte), fingerprint, sequence, active at, changed at (longs),
 * starts at, keep firing since (byte 0, or byte 1 and a long), value (double), labels, annotations (count as int, then
 * names and values). Texts are an int length and UTF-8 bytes.
 */
final class ActiveAlertCodec {
    private static final int VERSION = 1;

    private ActiveAlertCodec() {}

    static byte[] encode(ActiveAlert alert) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(alert.phase().code());
            writeText(out, alert.fingerprint());
            out.writeLong(alert.sequence());
            out.writeLong(alert.activeAtMs());
            out.writeLong(alert.changedAtMs());
            writeOptional(out, alert.startsAtMs());
            writeOptional(out, alert.keepFiringSinceMs());
            out.writeDouble(alert.value());
            writeTexts(out, alert.labels());
            writeTexts(out, alert.annotations());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static ActiveAlert decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("alert state version is " + version + ", must be " + VERSION);
            }
            ActiveAlert alert = read(in);
            if (in.available() > 0) {
                throw new IllegalArgumentException("alert state has " + in.available() + " bytes too many");
            }
            return alert;
        } catch (IOException e) {
            throw new IllegalArgumentException("alert state of " + bytes.length + " bytes is cut short", e);
        }
    }

    private static ActiveAlert read(DataInputStream in) throws IOException {
        Phase phase = Phase.ofCode(in.readByte());
        String fingerprint = readText(in);
        long sequence = in.readLong();
        long activeAtMs = in.readLong();
        long changedAtMs = in.readLong();
        Long startsAtMs = readOptional(in);
        Long keepFiringSinceMs = readOptional(in);
        double value = in.readDouble();
        SortedMap<String, String> labels = readTexts(in);
        SortedMap<String, String> annotations = readTexts(in);
        return new ActiveAlert(
                fingerprint,
                phase,
                sequence,
                labels,
                annotations,
                value,
                activeAtMs,
                startsAtMs,
                keepFiringSinceMs,
                changedAtMs);
    }

    private static void writeOptional(DataOutputStream out, @Nullable Long value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeLong(value);
        }
    }

    private static @Nullable Long readOptional(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readLong() : null;
    }

    private static void writeTexts(DataOutputStream out, SortedMap<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            writeText(out, entry.getKey());
            writeText(out, entry.getValue());
        }
    }

    private static SortedMap<String, String> readTexts(DataInputStream in) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = readText(in);
            texts.put(name, readText(in));
        }
        return texts;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IllegalArgumentException("text length is " + length + ", must be 0 to " + in.available());
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
