package dev.weir.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A registry answered that it has no such schema.
 *
 * <p>An outage, a wrong password or a wrong path never raises this one: see {@link RegistryUnavailableException}.
 */
public final class UnknownSchemaException extends SerializationException {
    public UnknownSchemaException(String message) {
        super(message);
    }

    UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
