package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricEvent;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.pulsar.kafka.shade.avro.Schema;
import org.apache.pulsar.kafka.shade.avro.generic.GenericData;
import org.apache.pulsar.kafka.shade.avro.generic.GenericDatumReader;
import org.apache.pulsar.kafka.shade.avro.io.DecoderFactory;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Confluent's own serializer and deserializer, with their own Avro, as the oracle. Both sides ask one registry, a
 * stand-in served over HTTP.
 */
class ConfluentInteroperabilityTest {
    private static final String TOPIC = "weir.events";

    private final StandInRegistry registry = new StandInRegistry();
    private final KafkaAvroSerializer theirSerializer = new KafkaAvroSerializer();
    private final KafkaAvroDeserializer theirDeserializer = new KafkaAvroDeserializer();
    private final AvroSerializer<MetricEvent> ourSerializer = new AvroSerializer<>();

    static MetricEvent[] events() {
        return new MetricEvent[] {Events.full(), Events.sparse()};
    }

    @BeforeEach
    void configure() {
        Map<String, ?> config = Map.of("schema.registry.url", registry.url());
        theirSerializer.configure(config, false);
        theirDeserializer.configure(config, false);
        ourSerializer.configure(config, false);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @MethodSource("events")
    void theirDeserializerReadsWhatWeWrite(MetricEvent event) throws Exception {
        byte[] ours = ourSerializer.serialize(TOPIC, event);

        assertThat(theirDeserializer.deserialize(TOPIC, ours)).isEqualTo(theirRecord(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void weReadWhatTheirSerializerWrites(MetricEvent event) throws Exception {
        byte[] theirs = theirSerializer.serialize(TOPIC, theirRecord(event));

        assertThat(deserializer(true).deserialize(TOPIC, theirs)).isEqualTo(event);
        assertThat((GenericRecord) deserializer(false).deserialize(TOPIC, theirs))
                .hasToString(theirRecord(event).toString());
    }

    @ParameterizedTest
    @MethodSource("events")
    void bothWriteTheSameBytes(MetricEvent event) throws Exception {
        assertThat(ourSerializer.serialize(TOPIC, event))
                .isEqualTo(theirSerializer.serialize(TOPIC, theirRecord(event)));
        assertThat(registry.schemaCount()).isEqualTo(1);
    }

    private AvroDeserializer<Object> deserializer(boolean specific) {
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(Map.of("schema.registry.url", registry.url(), "specific.avro.reader", specific), false);
        return deserializer;
    }

    /** Carries a record over to the other Avro by its JSON schema and its Avro JSON, not by our binary. */
    private static GenericData.Record theirRecord(MetricEvent event) throws Exception {
        Schema schema =
                new Schema.Parser().parse(PlainSchema.of(MetricEvent.SCHEMA$).toString());
        return (GenericData.Record) new GenericDatumReader<>(schema)
                .read(null, DecoderFactory.get().jsonDecoder(schema, AvroJson.of(event)));
    }
}
