package dev.weir.serde;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Confluent's framing of a record: which schema it was written with.
 *
 * <p>{@code 00 id(4, big-endian) body}, or since Confluent Platform 8 {@code 01 guid(16)} in the record header
 * {@code __key_schema_id} or {@code __value_schema_id} with the bare body as the record. Either form is read in
 * either place; the header wins, as it does in Confluent's deserializer.
 */
final class WireFormat {
    static final byte ID = 0;
    static final byte GUID = 1;
    static final int PREFIX_LENGTH = 1 + Integer.BYTES;

    private WireFormat() {}

    /** Returns the writer's schema and moves {@code payload} to the first byte of the Avro body. */
    static Schema writerSchema(SchemaRegistry registry, Headers headers, boolean isKey, ByteBuffer payload) {
        Header header = headers.lastHeader(isKey ? "__key_schema_id" : "__value_schema_id");
        if (header == null) {
            return schemaAt(registry, payload, "record");
        }
        byte[] value = header.value();
        if (value == null) {
            throw new UndecodableException("header " + header.key() + " is null, must hold a schema id or GUID");
        }
        return schemaAt(registry, ByteBuffer.wrap(value), "header " + header.key());
    }

    private static Schema schemaAt(SchemaRegistry registry, ByteBuffer bytes, String where) {
        int length = bytes.remaining();
        if (length == 0) {
            throw new UndecodableException(where + " is empty, must begin with byte 0 and a schema id");
        }
        byte magic = bytes.get();
        if (magic != ID && magic != GUID) {
            throw new UndecodableException(String.format(
                    "first byte of the %s is 0x%02x, must be 0x00 (schema id) or 0x01 (schema GUID)", where, magic));
        }
        int needed = magic == ID ? Integer.BYTES : 2 * Long.BYTES;
        if (bytes.remaining() < needed) {
            throw new UndecodableException(where + " is " + length + " bytes, must be at least " + (1 + needed)
                    + " to hold a schema " + (magic == ID ? "id" : "GUID"));
        }
        return magic == ID
                ? registry.schemaById(bytes.getInt())
                : registry.schemaByGuid(new UUID(bytes.getLong(), bytes.getLong()));
    }
}
