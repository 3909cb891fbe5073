package dev.weir.serde;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the serde makes of registries that fail, refuse, redirect blame or speak a newer dialect. */
class RegistryFaultsTest {
    private static final String STRING_SCHEMA = "{\"schema\":\"\\\"string\\\"\"}";
    private static final String BY_ID = "/schemas/ids/7";

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void passingFailureIsTriedThreeTimes(int status) {
        answer(aResponse().withStatus(status).withBody("busy"));

        assertThatThrownBy(() -> registry().schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageEndingWith("cannot be asked: 3 attempts failed, the last with HTTP " + status + ": busy")
                .cause()
                .satisfies(last -> assertThat(last.getSuppressed()).hasSize(2));
        server.verify(3, getRequestedFor(urlEqualTo(BY_ID)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusedCredentialsAreNoAnswerAboutTheSchema(int status) {
        answer(aResponse().withStatus(status).withBody("{\"error_code\":" + status + ",\"message\":\"no\"}"));

        assertThatThrownBy(() -> registry().schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageEndingWith("answered HTTP " + status + ": no");
        server.verify(1, getRequestedFor(urlEqualTo(BY_ID)));
    }

    @Test
    void wrongPathIsNoAnswerAboutTheSchema() {
        answer(aResponse().withStatus(404).withBody("<html>not here</html>"));

        assertThatThrownBy(() -> registry().schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageEndingWith("answered HTTP 404: <html>not here</html>");
    }

    @Test
    void answerThatNeverComesIsUnavailable() {
        answer(okJson(STRING_SCHEMA).withFixedDelay(2_000));

        assertThatThrownBy(() -> registry(Map.of("http.read.timeout.ms", 50)).schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageEndingWith("the last with request timed out");
    }

    @Test
    void addressWhereNobodyListensIsUnavailable() {
        Map<String, Object> config = Map.of("schema.registry.url", "http://127.0.0.1:1");

        assertThatThrownBy(() -> SchemaRegistry.of(config).schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("registry [http://127.0.0.1:1] cannot be asked: 3 attempts failed,"
                        + " the last with connection refused");
    }

    @Test
    void failureThatPassesIsNotSeen() {
        server.stubFor(get(BY_ID)
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("well"));
        server.stubFor(get(BY_ID).inScenario("once").whenScenarioStateIs("well").willReturn(okJson(STRING_SCHEMA)));

        assertThat(registry().schemaById(7)).isEqualTo(Schema.create(Schema.Type.STRING));
    }

    @Test
    void nextAddressIsAskedWhenOneIsDown() {
        answer(okJson(STRING_SCHEMA));
        List<String> urls = List.of("http://127.0.0.1:1", server.baseUrl());

        assertThat(SchemaRegistry.of(Map.of("schema.registry.url", urls))
                        .schemaById(7)
                        .getType())
                .isEqualTo(Schema.Type.STRING);
    }

    @Test
    void addressMayHaveAPath() {
        server.stubFor(get("/apis/ccompat/v7" + BY_ID).willReturn(okJson(STRING_SCHEMA)));

        assertThat(SchemaRegistry.of(Map.of("schema.registry.url", server.baseUrl() + "/apis/ccompat/v7/"))
                        .schemaById(7)
                        .getType())
                .isEqualTo(Schema.Type.STRING);
    }

    @Test
    void schemaIsAskedForOnce() {
        answer(okJson(STRING_SCHEMA));

        assertThat(registry().schemaById(7)).isSameAs(registry().schemaById(7));
        server.verify(1, getRequestedFor(urlEqualTo(BY_ID)));
    }

    @Test
    void credentialsAreSent() {
        answer(okJson(STRING_SCHEMA));
        String inUrl = server.baseUrl().replace("http://", "http://ann:secret@");
        SchemaRegistry.of(Map.of("schema.registry.url", inUrl)).schemaById(7);
        registry(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", new Password("bob:s3")))
                .schemaById(7);
        registry(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0"))
                .schemaById(7);

        server.verify(
                getRequestedFor(urlEqualTo(BY_ID)).withHeader("Authorization", equalTo("Basic YW5uOnNlY3JldA==")));
        server.verify(getRequestedFor(urlEqualTo(BY_ID)).withHeader("Authorization", equalTo("Basic Ym9iOnMz")));
        server.verify(getRequestedFor(urlEqualTo(BY_ID)).withHeader("Authorization", equalTo("Bearer t0")));
    }

    @Test
    void credentialsAreNotInMessages() {
        answer(aResponse().withStatus(401));
        String inUrl = server.baseUrl().replace("http://", "http://ann:secret@");

        assertThatThrownBy(() ->
                        SchemaRegistry.of(Map.of("schema.registry.url", inUrl)).schemaById(7))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void schemaOfAnotherKindIsUndecodable() {
        answer(okJson("{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}"));

        assertThatThrownBy(() -> registry().schemaById(7))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("reading schema id 7: its type is PROTOBUF, must be AVRO");
    }

    @Test
    void answerWithoutASchemaIsNoAnswerAboutTheSchema() {
        answer(okJson("{}"));

        assertThatThrownBy(() -> registry().schemaById(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("reading schema id 7: registry [" + server.baseUrl() + "] answered {}, must hold a schema");
    }

    @Test
    void typesOfOtherSubjectsAreFetched() {
        Schema inner = SchemaBuilder.record("x.Inner").fields().requiredInt("a").endRecord();
        answer(okJson("{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"x.Inner\\\"}\","
                + "\"references\":[{\"name\":\"x.Inner\",\"subject\":\"inner\",\"version\":2}]}"));
        server.stubFor(get("/subjects/inner/versions/2")
                .willReturn(okJson("{\"id\":3,\"schema\":\"" + inner.toString().replace("\"", "\\\"") + "\"}")));

        assertThat(registry().schemaById(7)).isEqualTo(Schema.createArray(inner));
    }

    @Test
    void guidInTheHeaderNamesTheSchema() {
        UUID guid = UUID.fromString("0f4c8a5e-1111-2222-3333-444455556666");
        server.stubFor(get("/schemas/guids/" + guid).willReturn(okJson(STRING_SCHEMA)));
        ByteBuffer header = ByteBuffer.allocate(17).put((byte) 1);
        header.putLong(guid.getMostSignificantBits()).putLong(guid.getLeastSignificantBits());
        RecordHeaders headers = new RecordHeaders();
        headers.add("__value_schema_id", header.array());
        AvroDeserializer<Object> deserializer = new AvroDeserializer<>();
        deserializer.configure(Map.of("schema.registry.url", server.baseUrl()), false);

        assertThat(deserializer.deserialize("t", headers, new byte[] {4, 'h', 'i'}))
                .hasToString("hi");
    }

    @Test
    void guidOnARegistryWithoutGuidsIsNamed() {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(404)
                        .withBody("{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}")));

        assertThatThrownBy(() -> registry().schemaByGuid(new UUID(1, 2)))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessage("reading schema GUID 00000000-0000-0001-0000-000000000002: registry [" + server.baseUrl()
                        + "] answered HTTP 404: HTTP 404 Not Found; schema GUIDs need Confluent Platform 8");
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(get(BY_ID).willReturn(response));
    }

    private SchemaRegistry registry() {
        return registry(Map.of());
    }

    private SchemaRegistry registry(Map<String, ?> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("schema.registry.url", server.baseUrl());
        return SchemaRegistry.of(config);
    }
}
