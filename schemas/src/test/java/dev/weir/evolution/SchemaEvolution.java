package dev.weir.evolution;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/**
 * What is wrong with a schema, given its committed versions: it must read and be read by each (FULL_TRANSITIVE), and
 * equal the last.
 */
final class SchemaEvolution {
    private SchemaEvolution() {}

    /** Returns one sentence for each fault; none if the schema may be released. */
    static List<String> faults(Schema current, CommittedVersions committed) {
        List<String> faults = new ArrayList<>();
        committed.byNumber().forEach((n, version) -> {
            String name = current.getFullName();
            faults.addAll(faults(name + " cannot read version " + n, current, version));
            faults.addAll(faults("version " + n + " of " + name + " cannot read the current one", version, current));
        });
        if (!current.equals(committed.byNumber().get(committed.byNumber().size()))) {
            faults.add(current.getFullName() + " is not committed as its latest version, must be: add "
                    + committed.next() + " with the content\n" + current);
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
