package dev.weir.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro records in Confluent's wire format.
 *
 * <p>With {@code specific.avro.reader=true} a record becomes the generated class of its writer schema's full name,
 * resolved to that class's schema; without such a class, or with {@code false}, it becomes a
 * {@link org.apache.avro.generic.GenericRecord} of the writer's schema.
 *
 * <p>Fails with {@link UndecodableException}, {@link UnknownSchemaException} or
 * {@link RegistryUnavailableException}. For one thread; cheap to make: schemas are shared by the process.
 */
public final class AvroDeserializer<T> implements Deserializer<T> {
    private static final int CAUSE_LIMIT = 300;

    private final IdentityHashMap<Schema, DatumReader<Object>> readers = new IdentityHashMap<>();
    private @Nullable SchemaRegistry registry;
    private @Nullable BinaryDecoder decoder;
    private boolean isKey;
    private boolean specific;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        SerdeSettings settings = new SerdeSettings(configs);
        this.isKey = isKey;
        specific = settings.flag("specific.avro.reader", false);
        registry = SchemaRegistry.of(configs);
        readers.clear();
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return deserialize(topic, new RecordHeaders(), data);
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] data) {
        if (registry == null) {
            throw new IllegalStateException("deserializer is not configured, must be configured before use");
        }
        if (data == null) {
            return null;
        }
        ByteBuffer payload = ByteBuffer.wrap(data);
        Schema writer = WireFormat.writerSchema(registry, headers, isKey, payload);
        return (T) decode(topic, writer, data, payload.position());
    }

    private Object decode(String topic, Schema writer, byte[] data, int offset) {
        int length = data.length - offset;
        int trailing;
        Object value;
        try {
            BinaryDecoder body = DecoderFactory.get().binaryDecoder(data, offset, length, decoder);
            decoder = body;
            value = reader(writer).read(null, body);
            trailing = body.remainingBytes();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new UndecodableException(
                    "body of a record of " + topic + " is " + length + " bytes, must be one " + writer.getFullName()
                            + ": " + reason(e),
                    e);
        }
        if (trailing > 0) {
            throw new UndecodableException("body of a record of " + topic + " is " + length + " bytes, must be one "
                    + writer.getFullName() + ": " + trailing + " bytes follow it");
        }
        return value;
    }

    private DatumReader<Object> reader(Schema writer) {
        DatumReader<Object> reader = readers.get(writer);
        if (reader == null) {
            Class<?> recordClass = specific ? RecordModel.recordClass(writer) : null;
            reader = recordClass == null ? new GenericDatumReader<>(writer) : specificReader(writer, recordClass);
            readers.put(writer, reader);
        }
        return reader;
    }

    private static DatumReader<Object> specificReader(Schema writer, Class<?> recordClass) {
        SpecificData model = RecordModel.of(recordClass);
        return new SpecificDatumReader<>(writer, model.getSchema(recordClass), model);
    }

    private static String reason(Throwable e) {
        if (e instanceof EOFException && e.getMessage() == null) {
            return "it ends early";
        }
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        return reason.length() <= CAUSE_LIMIT ? reason : reason.substring(0, CAUSE_LIMIT) + "…";
    }
}
