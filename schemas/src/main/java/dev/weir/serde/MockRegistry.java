package dev.weir.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;

/** A registry within this process, for {@code mock://scope}: ids from 1, no compatibility rules, as Confluent's. */
final class MockRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> idsBySubject = new HashMap<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        Schema plain = PlainSchema.of(schema);
        int index = schemas.indexOf(plain);
        if (index < 0) {
            index = schemas.size();
            schemas.add(plain);
        }
        int id = index + 1;
        List<Integer> ids = idsBySubject.computeIfAbsent(subject, s -> new ArrayList<>());
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int id = schemas.indexOf(PlainSchema.of(schema)) + 1;
        if (!idsBySubject.getOrDefault(subject, List.of()).contains(id)) {
            throw new UnknownSchemaException("subject " + subject + " has no schema " + schema.getFullName());
        }
        return id;
    }

    @Override
    public synchronized Registered latest(String subject) {
        List<Integer> ids = idsBySubject.getOrDefault(subject, List.of());
        if (ids.isEmpty()) {
            throw new UnknownSchemaException("subject " + subject + " has no schema");
        }
        int id = ids.get(ids.size() - 1);
        return new Registered(id, schemaById(id));
    }

    @Override
    public synchronized Schema schemaById(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException(
                    "schema id is " + id + ", must be one of the registry's " + schemas.size());
        }
        return schemas.get(id - 1);
    }

    @Override
    public Schema schemaByGuid(UUID guid) {
        throw new UnknownSchemaException(
                "schema GUID is " + guid + ", must be an id: mock:// registries have no GUIDs");
    }
}
