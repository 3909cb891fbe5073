package dev.weir.testing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.pulsar.kafka.shade.avro.Schema;
import org.apache.pulsar.kafka.shade.avro.generic.GenericData;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Confluent's own client against the embedded registry. */
class ConfluentClientIT {
    private static final String NARROW =
            "{\"type\":\"record\",\"name\":\"Reading\",\"namespace\":\"weir.test\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
    private static final String BREAKING = NARROW.replace("\"a\",\"type\":\"int\"", "\"b\",\"type\":\"string\"");

    private final EmbeddedRegistry registry = EmbeddedRegistry.start(0, null);
    private final CachedSchemaRegistryClient client = new CachedSchemaRegistryClient(registry.url(), 10);

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void recordsPassBothWays() {
        Map<String, Object> config = Map.of("schema.registry.url", registry.url());
        KafkaAvroSerializer theirSerializer = new KafkaAvroSerializer();
        theirSerializer.configure(config, false);
        KafkaAvroDeserializer theirDeserializer = new KafkaAvroDeserializer();
        theirDeserializer.configure(config, false);
        AvroSerializer<Object> ourSerializer = new AvroSerializer<>();
        ourSerializer.configure(config, false);
        AvroDeserializer<Object> ourDeserializer = new AvroDeserializer<>();
        ourDeserializer.configure(config, false);
        Object ours = new GenericRecordBuilder(new org.apache.avro.Schema.Parser().parse(NARROW))
                .set("a", 7)
                .build();
        GenericData.Record theirs = new GenericData.Record(new Schema.Parser().parse(NARROW));
        theirs.put("a", 7);

        byte[] bytes = ourSerializer.serialize("t", ours);

        assertThat(theirDeserializer.deserialize("t", bytes)).isEqualTo(theirs);
        assertThat(theirSerializer.serialize("t", theirs)).isEqualTo(bytes);
        assertThat(ourDeserializer.deserialize("t", bytes)).isEqualTo(ours);
    }

    @Test
    void itsCallsAreAnswered() throws Exception {
        int id = client.register("s", new AvroSchema(NARROW));

        assertThat(client.getAllSubjects()).containsExactly("s");
        assertThat(client.getAllVersions("s")).isEqualTo(List.of(1));
        assertThat(client.getLatestSchemaMetadata("s").getId()).isEqualTo(id);
        assertThat(client.getAllSubjectsById(id)).containsExactly("s");
        assertThat(client.testCompatibility("s", new AvroSchema(BREAKING))).isFalse();
        assertThat(client.testCompatibilityVerbose("s", new AvroSchema(BREAKING)))
                .hasSize(1);
        assertThat(client.updateCompatibility("s", "FULL")).isEqualTo("FULL");
        assertThat(client.getCompatibility("s")).isEqualTo("FULL");
        assertThat(client.deleteSubject("s")).isEqualTo(List.of(1));
    }

    @Test
    void itUnderstandsTheErrors() throws Exception {
        client.register("s", new AvroSchema(NARROW));

        assertThatThrownBy(() -> client.register("s", new AvroSchema(BREAKING)))
                .isInstanceOf(RestClientException.class)
                .hasMessageEndingWith("error code: 409");
        assertThatThrownBy(() -> client.getLatestSchemaMetadata("none"))
                .isInstanceOf(RestClientException.class)
                .hasMessageEndingWith("error code: 40401");
    }
}
