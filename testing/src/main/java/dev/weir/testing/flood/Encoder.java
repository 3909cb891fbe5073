package dev.weir.testing.flood;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes records of one schema in Confluent's wire format, with Avro's own writer. One thread. */
final class Encoder<T extends SpecificRecord> {
    private final byte[] head;
    private final SpecificDatumWriter<T> writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private @Nullable BinaryEncoder encoder;

    Encoder(int schemaId, Class<T> type) {
        head = ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) 0)
                .putInt(schemaId)
                .array();
        writer = new SpecificDatumWriter<>(type);
    }

    byte[] encode(T record) {
        bytes.reset();
        bytes.writeBytes(head);
        try {
            BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, encoder);
            encoder = out;
            writer.write(record, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
