package dev.weir.testing.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Everything the registry holds, at one moment: schemas in order of their ids, from 1, which never go; versions in
 * order of registration; compatibility levels by subject and for the rest.
 */
record RegistryContent(
        List<Schema> schemas,
        List<StoredSchema> versions,
        Map<String, CompatibilityLevel> levels,
        CompatibilityLevel level) {
    RegistryContent {
        schemas = List.copyOf(schemas);
        versions = List.copyOf(versions);
        levels = Map.copyOf(levels);
    }

    static RegistryContent empty() {
        return new RegistryContent(List.of(), List.of(), Map.of(), CompatibilityLevel.BACKWARD);
    }

    /** Returns the versions of the subject, deleted ones too. */
    List<StoredSchema> versionsOf(String subject) {
        return versions.stream().filter(v -> v.subject().equals(subject)).toList();
    }

    /** Returns the versions of the subject that are not deleted. */
    List<StoredSchema> liveVersionsOf(String subject) {
        return versions.stream()
                .filter(v -> v.subject().equals(subject) && !v.deleted())
                .toList();
    }

    /** Returns this with the schema as the next version of the subject; its id is that of an equal schema, or new. */
    RegistryContent plusVersion(String subject, Schema schema) {
        List<Schema> allSchemas = new ArrayList<>(schemas);
        int index = indexOf(schema);
        if (index < 0) {
            index = allSchemas.size();
            allSchemas.add(schema);
        }
        int version = 1
                + versionsOf(subject).stream()
                        .mapToInt(StoredSchema::version)
                        .max()
                        .orElse(0);
        List<StoredSchema> allVersions = new ArrayList<>(versions);
        allVersions.add(new StoredSchema(subject, version, index + 1, schema, false));
        return new RegistryContent(allSchemas, allVersions, levels, level);
    }

    RegistryContent minus(List<StoredSchema> gone) {
        return new RegistryContent(
                schemas, versions.stream().filter(v -> !gone.contains(v)).toList(), levels, level);
    }

    RegistryContent hiding(List<StoredSchema> hidden) {
        return new RegistryContent(
                schemas,
                versions.stream()
                        .map(v -> hidden.contains(v) ? v.asDeleted() : v)
                        .toList(),
                levels,
                level);
    }

    RegistryContent withLevel(CompatibilityLevel level) {
        return new RegistryContent(schemas, versions, levels, level);
    }

    RegistryContent withLevel(String subject, CompatibilityLevel level) {
        Map<String, CompatibilityLevel> changed = new HashMap<>(levels);
        changed.put(subject, level);
        return new RegistryContent(schemas, versions, changed, this.level);
    }

    /** Compares texts: Avro's own equality overlooks doc, which a registry keeps. */
    private int indexOf(Schema schema) {
        String text = schema.toString();
        for (int i = 0; i < schemas.size(); i++) {
            if (schemas.get(i).toString().equals(text)) {
                return i;
            }
        }
        return -1;
    }
}
