package dev.weir.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The Avro body of a record, written with its own schema or converted to another, and the id to put before it.
 *
 * <p>Conversion writes the record, reads it back resolved and writes the result: Avro's writers find the fields of a
 * generated class by position, so writing it with another schema directly could mix the fields up.
 */
record RecordEncoder(int id, @Nullable Schema target) {
    static RecordEncoder as(int id) {
        return new RecordEncoder(id, null);
    }

    static RecordEncoder converting(String subject, Schema own, SchemaRegistry.Registered latest) {
        if (PlainSchema.of(own).equals(PlainSchema.of(latest.schema()))) {
            return as(latest.id());
        }
        SchemaPairCompatibility result = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), own);
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SchemaRefusedException(
                    "the latest schema of " + subject + " (id " + latest.id() + ") cannot read "
                            + own.getFullName() + ", must be compatible with it (use.latest.version): "
                            + result.getResult().getIncompatibilities());
        }
        return new RecordEncoder(latest.id(), latest.schema());
    }

    void write(GenericContainer value, OutputStream out) throws IOException {
        if (target == null) {
            writeAsIs(value, out);
            return;
        }
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        writeAsIs(value, own);
        Object converted = new GenericDatumReader<>(value.getSchema(), target)
                .read(null, DecoderFactory.get().binaryDecoder(own.toByteArray(), null));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(target).write(converted, encoder);
        encoder.flush();
    }

    private static void writeAsIs(GenericContainer value, OutputStream out) throws IOException {
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        Schema schema = value.getSchema();
        GenericDatumWriter<GenericContainer> writer = value instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, SpecificData.getForClass(value.getClass()))
                : new GenericDatumWriter<>(schema, GenericData.get());
        writer.write(value, encoder);
        encoder.flush();
    }
}
