package dev.weir.topology.ingest;

import dev.weir.rejected.RejectReason;

/** An event that breaks a rule: why, in words, and under which reason it is rejected. */
final class InvalidEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectReason reason;

    InvalidEventException(RejectReason reason, String message) {
        // Bad input is an expected result: no stack trace.
        super(message, null, false, false);
        this.reason = reason;
    }

    RejectReason reason() {
        return reason;
    }
}
