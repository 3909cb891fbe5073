package dev.weir.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A registry refused to register a schema; the message carries the registry's own reason. */
public final class SchemaRefusedException extends SerializationException {
    SchemaRefusedException(String message) {
        super(message);
    }
}
