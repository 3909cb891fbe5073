package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregates.QuantileValue;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    private static final String TOPIC = "t";

    @Test
    void recordBecomesTheGeneratedClassIfAskedFor() {
        byte[] bytes = serializer("classes", Map.of()).serialize(TOPIC, Events.full());

        assertThat(deserializer("classes", true).deserialize(TOPIC, bytes)).isEqualTo(Events.full());
        assertThat(deserializer("classes", false).deserialize(TOPIC, bytes))
                .isInstanceOfSatisfying(GenericRecord.class, record -> {
                    assertThat(record.get("service")).hasToString("checkout");
                    assertThat(record.get("timestamp")).isEqualTo(Events.TIME.toEpochMilli());
                });
    }

    @Test
    void recordWithRecordsInsideIsReadBack() {
        WindowAggregate aggregate = aggregate();
        byte[] bytes = serializer("nested", Map.of()).serialize(TOPIC, aggregate);

        assertThat(deserializer("nested", true).deserialize(TOPIC, bytes)).isEqualTo(aggregate);
    }

    @Test
    void recordWithoutAGeneratedClassBecomesGeneric() {
        Schema foreign = SchemaBuilder.record("org.example.Foreign")
                .fields()
                .requiredInt("a")
                .endRecord();
        GenericRecord record = new GenericRecordBuilder(foreign).set("a", 1).build();
        byte[] bytes = serializer("foreign", Map.of()).serialize(TOPIC, record);

        assertThat(deserializer("foreign", true).deserialize(TOPIC, bytes)).isEqualTo(record);
    }

    @Test
    void classThatAvroDidNotGenerateIsNeverLoadedForASchema() {
        Schema disguised = SchemaBuilder.record("java.lang.String")
                .fields()
                .requiredInt("a")
                .endRecord();
        GenericRecord record = new GenericRecordBuilder(disguised).set("a", 1).build();
        byte[] bytes = serializer("disguised", Map.of()).serialize(TOPIC, record);

        assertThat(deserializer("disguised", true).deserialize(TOPIC, bytes)).isEqualTo(record);
    }

    @Test
    void fieldsTheClassDoesNotKnowAreLeftOut() {
        Schema newer = new Schema.Parser()
                .parse(MetricEvent.SCHEMA$
                        .toString()
                        .replace(
                                "\"fields\":[{\"name\":\"timestamp\"",
                                "\"fields\":[{\"name\":\"zone\",\"type\":\"string\"}," + "{\"name\":\"timestamp\""));
        GenericRecordBuilder record = new GenericRecordBuilder(newer);
        record.set("zone", "eu").set("timestamp", Events.TIME.toEpochMilli()).set("service", "checkout");
        record.set("metric", "requests_total").set("value", 1.0);
        record.set("kind", new GenericData.EnumSymbol(newer.getField("kind").schema(), "COUNT"));
        byte[] bytes = serializer("newer", Map.of()).serialize(TOPIC, record.build());

        assertThat(deserializer("newer", true).deserialize(TOPIC, bytes)).isEqualTo(Events.sparse());
    }

    @Test
    void nullStaysNull() {
        assertThat(serializer("null", Map.of()).serialize(TOPIC, null)).isNull();
        assertThat(deserializer("null", true).deserialize(TOPIC, null)).isNull();
    }

    @Test
    void registeredSchemaIsTheContractWithoutJavasProperties() {
        serializer("plain", Map.of()).serialize(TOPIC, Events.full());

        assertThat(registry("plain").latest(TOPIC + "-value").schema().toString())
                .doesNotContain("avro.java.string")
                .contains("{\"name\":\"service\",\"type\":\"string\",");
    }

    @Test
    void subjectFollowsTheStrategy() {
        String strategies = "io.confluent.kafka.serializers.subject.";
        serializer("naming", Map.of()).serialize("topic", Events.full());
        serializer("naming", Map.of("value.subject.name.strategy", strategies + "RecordNameStrategy"))
                .serialize("by-record", Events.full());
        serializer("naming", Map.of("value.subject.name.strategy", strategies + "TopicRecordNameStrategy"))
                .serialize("by-both", Events.full());

        assertThat(List.of("topic-value", "dev.weir.events.MetricEvent", "by-both-dev.weir.events.MetricEvent"))
                .allSatisfy(subject ->
                        assertThat(registry("naming").latest(subject).id()).isEqualTo(1));
    }

    @Test
    void keyHasItsOwnSubjectAndStrategy() {
        AvroSerde<Object> serde = new AvroSerde<>();
        serde.configure(Map.of("schema.registry.url", "mock://keys"), true);
        byte[] bytes = serde.serializer().serialize(TOPIC, Events.full());

        assertThat(registry("keys").latest("t-key").id()).isEqualTo(1);
        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isInstanceOf(GenericRecord.class);
    }

    @Test
    void lookupDoesNotRegister() {
        assertThatThrownBy(() -> serializer("lookup", Map.of("auto.register.schemas", "false"))
                        .serialize(TOPIC, Events.full()))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessage("subject t-value has no schema dev.weir.events.MetricEvent");
    }

    @Test
    void latestVersionWithFieldsInAnotherOrderIsWrittenByName() {
        Schema own = SchemaBuilder.record("R")
                .fields()
                .requiredInt("a")
                .requiredInt("b")
                .endRecord();
        Schema latest = SchemaBuilder.record("R")
                .fields()
                .requiredInt("b")
                .requiredInt("a")
                .endRecord();
        registry("order").register("t-value", latest);
        byte[] bytes = serializer("order", Map.of("auto.register.schemas", false, "use.latest.version", true))
                .serialize(
                        TOPIC,
                        new GenericRecordBuilder(own).set("a", 1).set("b", 2).build());

        assertThat(deserializer("order", false).deserialize(TOPIC, bytes))
                .isEqualTo(
                        new GenericRecordBuilder(latest).set("a", 1).set("b", 2).build());
    }

    @Test
    void latestVersionThatCannotReadTheRecordIsRefused() {
        registry("strict")
                .register(
                        "t-value",
                        SchemaBuilder.record("dev.weir.events.MetricEvent")
                                .fields()
                                .requiredInt("other")
                                .endRecord());

        assertThatThrownBy(
                        () -> serializer("strict", Map.of("auto.register.schemas", false, "use.latest.version", true))
                                .serialize(TOPIC, Events.full()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageStartingWith("the latest schema of t-value (id 1) cannot read dev.weir.events.MetricEvent");
    }

    @Test
    void valueThatIsNoRecordIsNamed() {
        assertThatThrownBy(() -> serializer("type", Map.of()).serialize(TOPIC, "text"))
                .isInstanceOf(SerializationException.class)
                .hasMessage("value for t is a java.lang.String, must be an Avro record");
    }

    @Test
    void unknownIdIsNotUndecodable() {
        byte[] bytes = ByteBuffer.allocate(5).put((byte) 0).putInt(-2).array();

        assertThatThrownBy(() -> deserializer("unknown", true).deserialize(TOPIC, bytes))
                .isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void settingsThatCannotHoldAreRefused() {
        assertRefused(Map.of(), "schema.registry.url is missing, must be set");
        assertRefused(
                Map.of("schema.registry.url", "localhost:8081"),
                "schema.registry.url is localhost:8081, must be http://host:port[/path], https:// or mock://scope");
        assertRefused(
                Map.of("schema.registry.url", "mock://c", "auto.register.schemas", "yes"),
                "auto.register.schemas is yes, must be true or false");
        assertRefused(
                Map.of("schema.registry.url", "mock://c", "value.subject.name.strategy", "Mine"),
                "value.subject.name.strategy is Mine, must be io.confluent.kafka.serializers.subject.TopicNameStrategy, "
                        + "RecordNameStrategy or TopicRecordNameStrategy");
        assertRefused(
                Map.of("schema.registry.url", "mock://c", "basic.auth.credentials.source", "SASL_INHERIT"),
                "basic.auth.credentials.source is SASL_INHERIT, must be URL or USER_INFO");
        assertRefused(
                Map.of("schema.registry.url", "mock://c", "schema.registry.ssl.truststore.location", "f"),
                "schema.registry.ssl.truststore.location is not supported, must be given to the JVM as "
                        + "javax.net.ssl.trustStore and its kin");
    }

    private static void assertRefused(Map<String, ?> config, String message) {
        assertThatThrownBy(() -> new AvroSerializer<>().configure(config, false))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    private static SchemaRegistry registry(String scope) {
        return SchemaRegistry.of(Map.of("schema.registry.url", "mock://" + scope));
    }

    private static AvroSerializer<Object> serializer(String scope, Map<String, ?> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("schema.registry.url", "mock://" + scope);
        AvroSerializer<Object> serializer = new AvroSerializer<>();
        serializer.configure(config, false);
        return serializer;
    }

    private static AvroDeserializer<Object> deserializer(String scope, boolean specific) {
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(
                Map.of("schema.registry.url", "mock://" + scope, "specific.avro.reader", specific), false);
        return deserializer;
    }

    private static WindowAggregate aggregate() {
        return WindowAggregate.newBuilder()
                .setMetric("m")
                .setService("s")
                .setLabels(Map.of("a", "b"))
                .setKind(MetricKind.OBSERVATION)
                .setWindowStart(Events.TIME)
                .setWindowEnd(Events.TIME)
                .setCount(1)
                .setSum(1)
                .setMin(1)
                .setMax(1)
                .setRate(1)
                .setQuantiles(List.of(new QuantileValue(0.5, 1.0, 0.9, 1.1)))
                .setSketch(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setFinal$(true)
                .setRevision(0)
                .build();
    }
}
