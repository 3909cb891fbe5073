package dev.weir.topology.crash;

import dev.weir.serde.AvroDeserializer;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The serde's configuration, the same in all processes. */
final class Serdes {
    private Serdes() {}

    static Map<String, Object> config(String registryUrl) {
        return Map.of(
                "schema.registry.url",
                registryUrl,
                "specific.avro.reader",
                true,
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.RecordNameStrategy");
    }

    /** A deserializer of the records in a machine's topics. */
    static <T extends SpecificRecord> AvroDeserializer<T> reader(Machine machine) {
        AvroDeserializer<T> reader = new AvroDeserializer<>();
        reader.configure(config(machine.registryUrl()), false);
        return reader;
    }

    /** The value of a record, which must have one. */
    static <T extends SpecificRecord> T read(AvroDeserializer<T> reader, ConsumerRecord<byte[], byte[]> record) {
        return Objects.requireNonNull(reader.deserialize(record.topic(), record.headers(), record.value()));
    }
}
