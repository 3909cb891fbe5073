package dev.weir.testing.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Confluent's paths and JSON, below any number of base paths, over one store. */
final class RegistryRoutes {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private interface Reply {
        Object to(RegistryRequest request);
    }

    private final RegistryStore store;
    private final ObjectMapper json = new ObjectMapper();

    RegistryRoutes(RegistryStore store) {
        this.store = store;
    }

    void addTo(RoutesConfig routes, List<String> basePaths) {
        for (String base : basePaths) {
            routes.get(base + "/", replying(r -> json.createObjectNode()));
            addSubjects(routes, base + "/subjects");
            addSchemas(routes, base + "/schemas");
            addConfig(routes, base + "/config");
            addCompatibility(routes, base + "/compatibility/subjects/{subject}/versions");
        }
        routes.exception(RegistryError.class, (e, context) -> fail(context, e.status(), e.code(), e.getMessage()));
        routes.exception(
                Exception.class, (e, context) -> fail(context, 500, 50001, "Error in the store: " + e.getMessage()));
        routes.error(404, context -> {
            if (!MEDIA_TYPE.equals(context.res().getContentType())) {
                fail(context, 404, 404, "HTTP 404 Not Found");
            }
        });
    }

    private void addSubjects(RoutesConfig routes, String all) {
        String one = all + "/{subject}";
        String versions = one + "/versions";
        String version = versions + "/{version}";
        routes.get(all, replying(r -> store.subjects(r.flag("deleted"))));
        routes.post(one, replying(r -> full(store.lookUp(r.subject(), r.schema()))));
        routes.delete(one, replying(r -> numbers(store.deleteSubject(r.subject(), r.flag("permanent")))));
        routes.get(versions, replying(r -> numbers(store.versions(r.subject()))));
        routes.post(
                versions,
                replying(r -> json.createObjectNode()
                        .put("id", store.register(r.subject(), r.schema()).id())));
        routes.get(version, replying(r -> full(store.version(r.subject(), r.version()))));
        routes.get(version + "/schema", context -> {
            RegistryRequest r = new RegistryRequest(context);
            text(context, store.version(r.subject(), r.version()).schema().toString());
        });
        routes.delete(
                version,
                replying(r -> store.deleteVersion(r.subject(), r.version(), r.flag("permanent"))
                        .version()));
    }

    private void addSchemas(RoutesConfig routes, String all) {
        String id = all + "/ids/{id}";
        routes.get(all + "/types", replying(r -> List.of("AVRO")));
        routes.get(
                id,
                replying(r -> json.createObjectNode()
                        .put("schema", store.schema(r.id()).toString())));
        routes.get(
                id + "/schema",
                context -> text(
                        context, store.schema(new RegistryRequest(context).id()).toString()));
        routes.get(
                id + "/subjects",
                replying(r -> store.versionsWithId(r.id()).stream()
                        .map(StoredSchema::subject)
                        .toList()));
        routes.get(id + "/versions", replying(r -> {
            ArrayNode uses = json.createArrayNode();
            for (StoredSchema use : store.versionsWithId(r.id())) {
                uses.addObject().put("subject", use.subject()).put("version", use.version());
            }
            return uses;
        }));
    }

    private void addConfig(RoutesConfig routes, String all) {
        String one = all + "/{subject}";
        routes.get(all, replying(r -> level("compatibilityLevel", store.level())));
        routes.put(all, replying(r -> level("compatibility", store.setLevel(r.level()))));
        routes.get(
                one, replying(r -> level("compatibilityLevel", store.level(r.subject(), r.flag("defaultToGlobal")))));
        routes.put(one, replying(r -> level("compatibility", store.setLevel(r.subject(), r.level()))));
    }

    private void addCompatibility(RoutesConfig routes, String versions) {
        routes.post(versions, replying(r -> verdict(r, store.faults(r.subject(), null, r.schema()))));
        routes.post(
                versions + "/{version}", replying(r -> verdict(r, store.faults(r.subject(), r.version(), r.schema()))));
    }

    private ObjectNode verdict(RegistryRequest request, List<String> faults) {
        ObjectNode verdict = json.createObjectNode().put("is_compatible", faults.isEmpty());
        if (request.flag("verbose")) {
            faults.forEach(verdict.putArray("messages")::add);
        }
        return verdict;
    }

    private ObjectNode full(StoredSchema version) {
        return json.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema().toString());
    }

    private static List<Integer> numbers(List<StoredSchema> versions) {
        return versions.stream().map(StoredSchema::version).toList();
    }

    private ObjectNode level(String name, CompatibilityLevel level) {
        return json.createObjectNode().put(name, level.name());
    }

    private Handler replying(Reply reply) {
        return context -> answer(context, reply.to(new RegistryRequest(context)));
    }

    private void fail(Context context, int status, int code, @Nullable String message) {
        context.status(status);
        answer(context, json.createObjectNode().put("error_code", code).put("message", message));
    }

    private void answer(Context context, Object body) {
        text(context, json.valueToTree(body).toString());
    }

    private static void text(Context context, String body) {
        context.contentType(MEDIA_TYPE).result(body);
    }
}
