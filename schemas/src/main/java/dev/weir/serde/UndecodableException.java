package dev.weir.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes of a record are wrong: no later attempt will read them. */
public final class UndecodableException extends SerializationException {
    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
