package dev.weir.testing.registry;

import org.apache.avro.Schema;

/** One version of a subject; a deleted one is hidden but its id still finds the schema. */
record StoredSchema(String subject, int version, int id, Schema schema, boolean deleted) {
    StoredSchema asDeleted() {
        return new StoredSchema(subject, version, id, schema, true);
    }
}
