package dev.weir.testing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedRegistryIT extends RegistryContract {
    private static final String SCHEMA = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}";

    private final EmbeddedRegistry registry = EmbeddedRegistry.start(0, null);

    @AfterAll
    void stop() {
        registry.close();
    }

    @Override
    String url() {
        return registry.url();
    }

    @Test
    void sameContentIsServedBelowApicuriosPath() throws Exception {
        RawRegistry below = new RawRegistry(registry.url() + "/apis/ccompat/v7");
        raw().postSchema("/subjects/" + topic + "/versions", SCHEMA);

        assertThat(below.get("/subjects/" + topic + "/versions").body()).hasToString("[1]");
    }

    @Test
    void answersHaveTheRegistrysMediaType() throws Exception {
        assertThat(raw().get("/subjects").contentType()).startsWith("application/vnd.schemaregistry.v1+json");
        assertThat(raw().get("/subjects/none/versions").contentType())
                .startsWith("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void compatibilityIsBackwardUnlessChanged() throws Exception {
        assertThat(raw().get("/config").body()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
    }

    @Test
    void unknownLevelIsRefusedWithTheLevelsThereAre() throws Exception {
        RawRegistry.Answer answer = raw().putLevel("/config/" + topic, "SIDEWAYS");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .hasToString("{\"error_code\":42203,\"message\":\"Invalid compatibility level SIDEWAYS, must be one of "
                        + "NONE, BACKWARD, BACKWARD_TRANSITIVE, FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE\"}");
    }

    @Test
    void verboseCheckSaysWhy() throws Exception {
        String wider = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
        raw().postSchema("/subjects/" + topic + "/versions", SCHEMA);

        assertThat(raw().postSchema("/compatibility/subjects/" + topic + "/versions/1?verbose=true", wider)
                        .body())
                .hasToString("{\"is_compatible\":false,\"messages\":[\"the new schema cannot read version 1: "
                        + "READER_FIELD_MISSING_DEFAULT_VALUE at /fields/0: a\"]}");
    }

    @Test
    void takenPortIsNamed() {
        int port = URI.create(registry.url()).getPort();

        assertThatThrownBy(() -> EmbeddedRegistry.start(port, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("port of the registry is " + port + ", must be free on 127.0.0.1");
    }

    @Test
    void unknownPathIsNotAnUnknownSchema() throws Exception {
        assertThat(raw().get("/nothing/here").errorCode()).isEqualTo(404);
    }

    @Test
    void contentSurvivesARestart(@TempDir Path directory) throws Exception {
        String versions = "/subjects/s/versions";
        try (EmbeddedRegistry first = EmbeddedRegistry.start(0, directory)) {
            new RawRegistry(first.url()).postSchema(versions, SCHEMA);
            new RawRegistry(first.url()).putLevel("/config/s", "FULL");
        }

        try (EmbeddedRegistry second = EmbeddedRegistry.start(0, directory)) {
            RawRegistry raw = new RawRegistry(second.url());
            assertThat(raw.postSchema(versions, SCHEMA).body()).hasToString("{\"id\":1}");
            assertThat(raw.get("/config/s").body()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
        }
    }

    @Test
    void corruptedFileIsNamed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("registry.json"), "{\"format\":1,");

        assertThatThrownBy(() -> EmbeddedRegistry.start(0, directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(file + " is not a registry file, must be restored or removed");
    }
}
