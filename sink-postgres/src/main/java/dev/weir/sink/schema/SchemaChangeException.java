package dev.weir.sink.schema;

/** The tables cannot be brought to the wanted version, for a reason that the operator can act on. */
public final class SchemaChangeException extends RuntimeException {
    SchemaChangeException(String message) {
        super(message);
    }

    SchemaChangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
