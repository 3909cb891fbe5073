package dev.weir.testing.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/**
 * Which earlier versions a new schema must be able to read (backward), must be readable by (forward), or both
 * (full): the last one, or with {@code _TRANSITIVE} all.
 */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    static CompatibilityLevel of(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RegistryError.invalidLevel(name);
        }
    }

    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** Returns why the schema may not follow these versions, given in order; nothing if it may. */
    List<String> faults(Schema schema, List<StoredSchema> earlier) {
        List<String> faults = new ArrayList<>();
        int first = transitive ? 0 : Math.max(0, earlier.size() - 1);
        for (StoredSchema version : earlier.subList(first, earlier.size())) {
            if (backward) {
                faults.addAll(
                        faults("the new schema cannot read version " + version.version(), schema, version.schema()));
            }
            if (forward) {
                faults.addAll(faults(
                        "version " + version.version() + " cannot read the new schema", version.schema(), schema));
            }
        }
        return faults;
    }

    private static List<String> faults(String what, Schema reader, Schema writer) {
        SchemaPairCompatibility result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (result.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        for (Incompatibility fault : result.getResult().getIncompatibilities()) {
            faults.add(what + ": " + fault.getType() + " at " + fault.getLocation() + ": " + fault.getMessage());
        }
        return faults;
    }
}
