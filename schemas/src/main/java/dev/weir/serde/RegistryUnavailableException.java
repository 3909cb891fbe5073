package dev.weir.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry cannot be asked now: nothing is known about the record, and the same call may succeed later.
 *
 * <p>Raised after bounded retries over all addresses when none connects, answers in time or accepts the
 * credentials. The last failure is the cause, the earlier ones are suppressed in it.
 */
public final class RegistryUnavailableException extends SerializationException {
    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
