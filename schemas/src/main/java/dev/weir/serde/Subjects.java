package dev.weir.serde;

import java.util.Map;
import org.apache.avro.Schema;

/** The names under which a registry keeps the schemas of records' values. */
public final class Subjects {
    private Subjects() {}

    /** The subject in which an {@link AvroSerializer} of this configuration looks for, or registers, the schema of a value. */
    public static String ofValue(Map<String, ?> config, String topic, Schema schema) {
        return SubjectNaming.of(new SerdeSettings(config), false).subject(topic, false, schema);
    }
}
