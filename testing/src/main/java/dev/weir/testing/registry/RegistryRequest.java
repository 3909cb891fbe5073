package dev.weir.testing.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import org.apache.avro.Schema;

/** What a client asked for, checked: a bad part is a {@link RegistryError}. */
record RegistryRequest(Context context) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String subject() {
        return context.pathParam("subject");
    }

    String version() {
        return context.pathParam("version");
    }

    int id() {
        String id = context.pathParam("id");
        if (!id.matches("[0-9]{1,9}")) {
            throw RegistryError.schemaNotFound(id);
        }
        return Integer.parseInt(id);
    }

    boolean flag(String name) {
        return "true".equals(context.queryParam(name));
    }

    CompatibilityLevel level() {
        return CompatibilityLevel.of(body().path("compatibility").asText());
    }

    Schema schema() {
        JsonNode body = body();
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryError.invalidSchema("schemaType is " + type + ", must be AVRO");
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("references are not supported here, must be written out in the schema");
        }
        if (!body.path("schema").isTextual()) {
            throw RegistryError.invalidSchema("schema is missing, must be a JSON string");
        }
        return AvroText.parse(body.path("schema").asText());
    }

    private JsonNode body() {
        try {
            return JSON.readTree(context.body());
        } catch (JsonProcessingException e) {
            throw RegistryError.badRequest("body is not JSON: " + e.getOriginalMessage());
        }
    }
}
