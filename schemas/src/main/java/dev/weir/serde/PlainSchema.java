package dev.weir.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** A schema as it is registered: without the properties that only Java's generated classes need. */
final class PlainSchema {
    private static final String JAVA_STRING = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlainSchema() {}

    static Schema of(Schema schema) {
        String text = schema.toString();
        if (!text.contains(JAVA_STRING)) {
            return schema;
        }
        try {
            JsonNode tree = JSON.readTree(text);
            removeJavaString(tree);
            return parser().parse(tree.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("schema is " + text + ", must be JSON", e);
        }
    }

    /** Takes what a registry holds: names and defaults of other languages, older than Avro's checks of them. */
    static Schema.Parser parser() {
        return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    }

    private static void removeJavaString(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
        }
        node.forEach(PlainSchema::removeJavaString);
    }
}
