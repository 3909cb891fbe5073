package dev.weir.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A registry server, asked over Confluent's REST API: Confluent's own, Apicurio's {@code /apis/ccompat/v7},
 * Karapace or Redpanda. Remembers nothing. Thread-safe.
 */
final class RestRegistry implements SchemaRegistry {
    private static final int REFERENCE_DEPTH = 16;

    private final RestClient client;

    RestRegistry(RestClient client) {
        this.client = client;
    }

    @Override
    public int register(String subject, Schema schema) {
        String what = "registering " + schema.getFullName() + " as " + subject;
        try {
            return id(
                    client.send(
                            "POST",
                            versions(subject),
                            request(PlainSchema.of(schema).toString())),
                    what);
        } catch (RegistryAnswerException e) {
            if (e.saysRefused()) {
                throw new SchemaRefusedException(
                        what + " was refused by registry " + client.urls() + ": " + e.reason());
            }
            throw failure(what, e);
        }
    }

    /** Looks for the schema without Java's properties first, then for the one Confluent's Java serializer registers. */
    @Override
    public int idOf(String subject, Schema schema) {
        String what = "looking up " + schema.getFullName() + " in " + subject;
        String plain = PlainSchema.of(schema).toString();
        String path = "/subjects/" + encode(subject);
        try {
            return id(client.send("POST", path, request(plain)), what);
        } catch (RegistryAnswerException e) {
            if (!e.saysUnknown() || plain.equals(schema.toString())) {
                throw failure(what, e);
            }
        }
        try {
            return id(client.send("POST", path, request(schema.toString())), what);
        } catch (RegistryAnswerException e) {
            throw failure(what, e);
        }
    }

    @Override
    public Registered latest(String subject) {
        String what = "reading the latest schema of " + subject;
        try {
            JsonNode answer = client.send("GET", versions(subject) + "/latest", null);
            return new Registered(id(answer, what), parsed(answer, what));
        } catch (RegistryAnswerException e) {
            throw failure(what, e);
        }
    }

    @Override
    public Schema schemaById(int id) {
        String what = "reading schema id " + Integer.toUnsignedString(id);
        try {
            return parsed(client.send("GET", "/schemas/ids/" + id, null), what);
        } catch (RegistryAnswerException e) {
            throw failure(what, e);
        }
    }

    /** A registry that is older than GUIDs has no such path; asking it again cannot help either. */
    @Override
    public Schema schemaByGuid(UUID guid) {
        String what = "reading schema GUID " + guid;
        try {
            return parsed(client.send("GET", "/schemas/guids/" + guid, null), what);
        } catch (RegistryAnswerException e) {
            if (e.isNotFound()) {
                throw new UnknownSchemaException(answered(what, e) + "; schema GUIDs need Confluent Platform 8", e);
            }
            throw failure(what, e);
        }
    }

    private Schema parsed(JsonNode answer, String what) throws RegistryAnswerException {
        return parse(answer, what, PlainSchema.parser(), REFERENCE_DEPTH);
    }

    /** A schema may name types of other subjects; they are parsed before it. */
    private Schema parse(JsonNode answer, String what, Schema.Parser parser, int depth) throws RegistryAnswerException {
        String type = answer.path("schemaType").asText("AVRO");
        if (!"AVRO".equals(type)) {
            throw new UndecodableException(what + ": its type is " + type + ", must be AVRO");
        }
        if (depth == 0) {
            throw new UndecodableException(what + ": its references are nested deeper than " + REFERENCE_DEPTH);
        }
        for (JsonNode reference : answer.path("references")) {
            if (!parser.getTypes().containsKey(reference.path("name").asText())) {
                String version = versions(reference.path("subject").asText()) + "/"
                        + reference.path("version").asInt();
                parse(client.send("GET", version, null), what, parser, depth - 1);
            }
        }
        try {
            return parser.parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new UndecodableException(what + ": Avro cannot parse it: " + e.getMessage(), e);
        }
    }

    private static String versions(String subject) {
        return "/subjects/" + encode(subject) + "/versions";
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ObjectNode request(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema);
    }

    private int id(JsonNode answer, String what) {
        if (!answer.path("id").isInt()) {
            throw new RegistryUnavailableException(
                    what + ": registry " + client.urls() + " answered " + answer + ", must hold an id");
        }
        return answer.path("id").asInt();
    }

    private RuntimeException failure(String what, RegistryAnswerException e) {
        return e.saysUnknown()
                ? new UnknownSchemaException(answered(what, e), e)
                : new RegistryUnavailableException(answered(what, e), e);
    }

    private String answered(String what, RegistryAnswerException e) {
        return what + ": registry " + client.urls() + " answered " + e.getMessage();
    }
}
