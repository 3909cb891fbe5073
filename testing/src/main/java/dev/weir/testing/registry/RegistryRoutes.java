package dev.weir.testing.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Confluent's paths and JSON, below any number of base paths, over one store. */
final class RegistryRoutes {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryStore store;
    private final ObjectMapper json = new ObjectMapper();

    RegistryRoutes(RegistryStore store) {
        this.store = store;
    }

    void addTo(RoutesConfig routes, List<String> basePaths) {
        routes.before(request -> request.contentType(MEDIA_TYPE));
        for (String base : basePaths) {
            addSubjects(routes, base + "/subjects");
            addSchemas(routes, base + "/schemas");
            addConfig(routes, base + "/config");
            String check = base + "/compatibility/subjects/{subject}/versions";
            routes.post(check, request -> checkCompatibility(request, null));
            routes.post(check + "/{version}", request -> checkCompatibility(request, request.pathParam("version")));
            routes.get(base.isEmpty() ? "/" : base, request -> request.result("{}"));
        }
        routes.exception(RegistryError.class, (e, request) -> fail(request, e.status(), e.code(), e.getMessage()));
        routes.exception(
                Exception.class, (e, request) -> fail(request, 500, 50001, "Error in the store: " + e.getMessage()));
        routes.error(404, request -> {
            if (request.result() == null || !String.valueOf(request.result()).startsWith("{")) {
                fail(request, 404, 404, "HTTP 404 Not Found");
            }
        });
    }

    private void addSubjects(RoutesConfig routes, String path) {
        String versions = path + "/{subject}/versions";
        routes.get(path, request -> answer(request, store.subjects(flag(request, "deleted"))));
        routes.post(
                path + "/{subject}", request -> answer(request, full(store.lookUp(subject(request), schema(request)))));
        routes.delete(
                path + "/{subject}",
                request -> answer(
                        request,
                        store.deleteSubject(subject(request), flag(request, "permanent")).stream()
                                .map(StoredSchema::version)
                                .toList()));
        routes.get(
                versions,
                request -> answer(
                        request,
                        store.versions(subject(request)).stream()
                                .map(StoredSchema::version)
                                .toList()));
        routes.post(
                versions,
                request -> answer(
                        request,
                        json.createObjectNode()
                                .put(
                                        "id",
                                        store.register(subject(request), schema(request))
                                                .id())));
        routes.get(versions + "/{version}", request -> answer(request, full(version(request))));
        routes.get(
                versions + "/{version}/schema",
                request -> request.result(version(request).schema().toString()));
        routes.delete(
                versions + "/{version}",
                request -> answer(
                        request,
                        store.deleteVersion(subject(request), request.pathParam("version"), flag(request, "permanent"))
                                .version()));
    }

    private void addSchemas(RoutesConfig routes, String path) {
        routes.get(path + "/types", request -> request.result("[\"AVRO\"]"));
        routes.get(
                path + "/ids/{id}",
                request -> answer(
                        request,
                        json.createObjectNode()
                                .put("schema", store.schema(id(request)).toString())));
        routes.get(
                path + "/ids/{id}/schema",
                request -> request.result(store.schema(id(request)).toString()));
        routes.get(
                path + "/ids/{id}/subjects",
                request -> answer(
                        request,
                        store.versionsWithId(id(request)).stream()
                                .map(StoredSchema::subject)
                                .toList()));
        routes.get(path + "/ids/{id}/versions", request -> {
            ArrayNode uses = json.createArrayNode();
            for (StoredSchema use : store.versionsWithId(id(request))) {
                uses.addObject().put("subject", use.subject()).put("version", use.version());
            }
            answer(request, uses);
        });
    }

    private void addConfig(RoutesConfig routes, String path) {
        routes.get(path, request -> answer(request, level("compatibilityLevel", store.level())));
        routes.put(path, request -> {
            CompatibilityLevel level = wantedLevel(request);
            store.setLevel(level);
            answer(request, level("compatibility", level));
        });
        routes.get(
                path + "/{subject}",
                request -> answer(
                        request,
                        level("compatibilityLevel", store.level(subject(request), flag(request, "defaultToGlobal")))));
        routes.put(path + "/{subject}", request -> {
            CompatibilityLevel level = wantedLevel(request);
            store.setLevel(subject(request), level);
            answer(request, level("compatibility", level));
        });
    }

    private void checkCompatibility(Context request, @Nullable String version) {
        List<String> faults = store.faults(subject(request), version, schema(request));
        ObjectNode answer = json.createObjectNode().put("is_compatible", faults.isEmpty());
        if (flag(request, "verbose")) {
            faults.forEach(answer.putArray("messages")::add);
        }
        answer(request, answer);
    }

    private StoredSchema version(Context request) {
        return store.version(subject(request), request.pathParam("version"));
    }

    private ObjectNode full(StoredSchema version) {
        return json.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema().toString());
    }

    private ObjectNode level(String name, CompatibilityLevel level) {
        return json.createObjectNode().put(name, level.name());
    }

    private CompatibilityLevel wantedLevel(Context request) {
        return CompatibilityLevel.of(body(request).path("compatibility").asText());
    }

    private Schema schema(Context request) {
        JsonNode body = body(request);
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

    private JsonNode body(Context request) {
        try {
            return json.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw RegistryError.badRequest("body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static String subject(Context request) {
        return request.pathParam("subject");
    }

    private static int id(Context request) {
        String id = request.pathParam("id");
        if (!id.matches("[0-9]{1,9}")) {
            throw RegistryError.schemaNotFound(id);
        }
        return Integer.parseInt(id);
    }

    private static boolean flag(Context request, String name) {
        return "true".equals(request.queryParam(name));
    }

    private void answer(Context request, Object body) {
        request.result(json.valueToTree(body).toString());
    }

    private void fail(Context request, int status, int code, @Nullable String message) {
        request.status(status);
        answer(request, json.createObjectNode().put("error_code", code).put("message", message));
        request.contentType(MEDIA_TYPE);
    }
}
