package dev.weir.testing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.AvroSerializer;
import dev.weir.serde.RegistryUnavailableException;
import dev.weir.serde.SchemaRefusedException;
import dev.weir.serde.UnknownSchemaException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the serde needs of a registry, whoever serves it. */
abstract class RegistryContract {
    private static final Schema NARROW =
            SchemaBuilder.record("weir.test.Reading").fields().requiredInt("a").endRecord();
    private static final Schema WIDER = SchemaBuilder.record("weir.test.Reading")
            .fields()
            .requiredInt("a")
            .optionalInt("b")
            .endRecord();
    private static final Schema BREAKING = SchemaBuilder.record("weir.test.Reading")
            .fields()
            .requiredInt("a")
            .requiredInt("b")
            .endRecord();

    /** A topic, and so a subject, of each test's own: the registry is shared. */
    String topic;

    private String subject;
    private Gate gate;

    /** Returns the address of the running registry. */
    abstract String url();

    RawRegistry raw() {
        return new RawRegistry(url());
    }

    @BeforeEach
    void openGate() {
        topic = "topic-" + UUID.randomUUID();
        subject = topic + "-value";
        gate = new Gate(url());
    }

    @AfterEach
    void shutGate() {
        gate.close();
    }

    @Test
    void recordIsReadBackThroughTheRegistry() {
        byte[] bytes = serializer(url(), Map.of()).serialize(topic, event());

        assertThat(deserializer(gate.url()).deserialize(topic, bytes)).isEqualTo(event());
    }

    @Test
    void schemaKeepsItsIdWhoeverRegistersIt() {
        byte[] first = serializer(url(), Map.of()).serialize(topic, event());

        assertThat(serializer(gate.url(), Map.of()).serialize(topic, event())).isEqualTo(first);
        assertThat(serializer(gate.url(), Map.of()).serialize(topic + "-other", event()))
                .isEqualTo(first);
    }

    @Test
    void lookupFindsOnlyWhatIsRegistered() {
        Map<String, Object> lookup = Map.of("auto.register.schemas", false);

        assertThatThrownBy(() -> serializer(gate.url(), lookup).serialize(topic, event()))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("dev.weir.events.MetricEvent in " + subject);

        byte[] registered = serializer(url(), Map.of()).serialize(topic, event());
        assertThat(serializer(gate.url(), lookup).serialize(topic, event())).isEqualTo(registered);
    }

    @Test
    void latestVersionReplacesTheRecordsOwn() throws Exception {
        serializer(url(), Map.of()).serialize(topic, reading(NARROW));
        byte[] widerBytes = serializer(url(), Map.of()).serialize(topic, reading(WIDER));

        byte[] bytes = serializer(url(), Map.of("auto.register.schemas", false, "use.latest.version", true))
                .serialize(topic, reading(NARROW));

        assertThat(bytes).isEqualTo(widerBytes);
    }

    @Test
    void incompatibleSchemaIsRefusedWithTheRegistrysReason() throws Exception {
        raw().putLevel("/config/" + subject, "BACKWARD");
        serializer(url(), Map.of()).serialize(topic, reading(NARROW));
        RawRegistry.Answer answer = raw().postSchema("/subjects/" + subject + "/versions", BREAKING.toString());
        assertThat(answer.status()).isEqualTo(409);

        assertThatThrownBy(() -> serializer(gate.url(), Map.of()).serialize(topic, reading(BREAKING)))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageStartingWith("registering weir.test.Reading as " + subject + " was refused by registry [")
                .hasMessageEndingWith(answer.body().path("message").asText());
        assertThat(answer.body().path("message").asText()).containsIgnoringCase("incompatible");
    }

    @Test
    void compatibleSchemaBecomesTheNextVersion() throws Exception {
        raw().putLevel("/config/" + subject, "BACKWARD");
        serializer(url(), Map.of()).serialize(topic, reading(NARROW));
        serializer(url(), Map.of()).serialize(topic, reading(WIDER));

        assertThat(raw().get("/subjects/" + subject + "/versions").body()).hasToString("[1,2]");
        assertThat(raw().get("/subjects/" + subject + "/versions/latest")
                        .body()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void unknownIdIsUnknown() {
        byte[] bytes =
                ByteBuffer.allocate(6).put((byte) 0).putInt(2_000_000_000).array();

        assertThatThrownBy(() -> deserializer(gate.url()).deserialize(topic, bytes))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageStartingWith("reading schema id 2000000000: registry [")
                .hasMessageContaining("answered HTTP 404 (40403): ");
    }

    @Test
    void registryThatIsDownAtStartIsAskedAgainLater() {
        byte[] bytes = serializer(url(), Map.of()).serialize(topic, event());
        gate.shut();
        AvroSerializer<Object> serializer = serializer(gate.url(), Map.of());
        AvroDeserializer<Object> deserializer = deserializer(gate.url());

        assertThatThrownBy(() -> serializer.serialize(topic, event())).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> deserializer.deserialize(topic, bytes))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageStartingWith(
                        "registry [" + gate.url() + "] cannot be asked: 3 attempts failed, the last with ");

        gate.open();
        assertThat(serializer.serialize(topic, event())).isEqualTo(bytes);
        assertThat(deserializer.deserialize(topic, bytes)).isEqualTo(event());
    }

    @Test
    void knownIdsGoOnWhileTheRegistryIsDown() {
        AvroSerializer<Object> serializer = serializer(gate.url(), Map.of());
        AvroDeserializer<Object> deserializer = deserializer(gate.url());
        byte[] known = serializer.serialize(topic, event());
        byte[] other = serializer(url(), Map.of()).serialize(topic + "-other", reading(NARROW));
        deserializer.deserialize(topic, known);
        gate.shut();

        assertThat(deserializer.deserialize(topic, known)).isEqualTo(event());
        assertThat(deserializer(gate.url()).deserialize(topic, known)).isEqualTo(event());
        assertThat(serializer.serialize(topic, event())).isEqualTo(known);
        assertThatThrownBy(() -> deserializer.deserialize(topic, other))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void errorsHaveConfluentsCodes() throws Exception {
        assertThat(raw().get("/subjects/" + subject + "/versions").errorCode()).isEqualTo(40401);
        assertThat(raw().get("/schemas/ids/2000000000").errorCode()).isEqualTo(40403);
        assertThat(raw().postSchema("/subjects/" + subject + "/versions", "{\"type\":")
                        .errorCode())
                .isEqualTo(42201);

        raw().postSchema("/subjects/" + subject + "/versions", NARROW.toString());
        assertThat(raw().get("/subjects/" + subject + "/versions/7").errorCode())
                .isEqualTo(40402);
        assertThat(raw().postSchema("/subjects/" + subject, WIDER.toString()).errorCode())
                .isEqualTo(40403);
    }

    @Test
    void compatibilityIsCheckedWithoutRegistering() throws Exception {
        raw().putLevel("/config/" + subject, "BACKWARD");
        raw().postSchema("/subjects/" + subject + "/versions", NARROW.toString());
        String check = "/compatibility/subjects/" + subject + "/versions/latest";

        assertThat(raw().postSchema(check, WIDER.toString())
                        .body()
                        .path("is_compatible")
                        .asBoolean())
                .isTrue();
        assertThat(raw().postSchema(check, BREAKING.toString())
                        .body()
                        .path("is_compatible")
                        .asBoolean(true))
                .isFalse();
        assertThat(raw().get("/subjects/" + subject + "/versions").body()).hasToString("[1]");
    }

    @Test
    void subjectsAndLevelsAreListed() throws Exception {
        raw().postSchema("/subjects/" + subject + "/versions", NARROW.toString());
        raw().putLevel("/config/" + subject, "FULL_TRANSITIVE");

        assertThat(raw().get("/subjects").body())
                .extracting(name -> name.asText())
                .contains(subject);
        assertThat(raw().get("/config/" + subject)
                        .body()
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void idLeadsToItsSchemaAndVersions() throws Exception {
        int id = raw().postSchema("/subjects/" + subject + "/versions", NARROW.toString())
                .body()
                .path("id")
                .asInt();

        assertThat(new Schema.Parser()
                        .parse(raw().get("/schemas/ids/" + id)
                                .body()
                                .path("schema")
                                .asText()))
                .isEqualTo(NARROW);
        assertThat(raw().get("/schemas/ids/" + id + "/versions").body())
                .extracting(use ->
                        use.path("subject").asText() + " " + use.path("version").asInt())
                .contains(subject + " 1");
    }

    @Test
    void deletedSubjectIsGoneButItsIdsAreNot() throws Exception {
        int id = raw().postSchema("/subjects/" + subject + "/versions", NARROW.toString())
                .body()
                .path("id")
                .asInt();

        assertThat(raw().delete("/subjects/" + subject).body()).hasToString("[1]");
        assertThat(raw().get("/subjects/" + subject + "/versions").errorCode()).isEqualTo(40401);
        assertThat(raw().get("/schemas/ids/" + id).status()).isEqualTo(200);
    }

    private AvroSerializer<Object> serializer(String url, Map<String, ?> more) {
        Map<String, Object> config = config(url);
        config.putAll(more);
        AvroSerializer<Object> serializer = new AvroSerializer<>();
        serializer.configure(config, false);
        return serializer;
    }

    private AvroDeserializer<Object> deserializer(String url) {
        Map<String, Object> config = config(url);
        config.put("specific.avro.reader", true);
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(config, false);
        return deserializer;
    }

    /** A user of its own keeps each test from sharing a client, and its memory, with an earlier one on the same port. */
    private Map<String, Object> config(String url) {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", url);
        config.put("basic.auth.credentials.source", "USER_INFO");
        config.put("basic.auth.user.info", topic + ":x");
        return config;
    }

    private static GenericRecord reading(Schema schema) {
        GenericRecordBuilder record = new GenericRecordBuilder(schema).set("a", 7);
        return schema.equals(BREAKING) ? record.set("b", 8).build() : record.build();
    }

    private static MetricEvent event() {
        return new MetricEvent(
                Instant.parse("2026-03-01T10:00:00.123Z"),
                "checkout",
                "requests_total",
                MetricKind.COUNT,
                1.0,
                null,
                null,
                Map.of(),
                null);
    }
}
