package dev.weir.testing.workload;

import dev.weir.rejected.RejectReason;

/** The ways in which a generated event can be wrong on purpose. */
public enum Fault {
    NOT_A_NUMBER(RejectReason.INVALID_VALUE),
    INFINITE(RejectReason.INVALID_VALUE),
    NEGATIVE_OBSERVATION(RejectReason.INVALID_VALUE),
    NEGATIVE_INCREMENT(RejectReason.INVALID_VALUE),
    EMPTY_METRIC(RejectReason.INVALID_NAME),
    METRIC_WITH_SPACE(RejectReason.INVALID_NAME),
    METRIC_TOO_LONG(RejectReason.INVALID_NAME),
    EMPTY_SERVICE(RejectReason.INVALID_NAME),
    SERVICE_TOO_LONG(RejectReason.INVALID_NAME),
    LABEL_WITH_DASH(RejectReason.INVALID_LABEL),
    RESERVED_LABEL(RejectReason.INVALID_LABEL),
    HIDDEN_LABEL(RejectReason.INVALID_LABEL),
    TOO_MANY_LABELS(RejectReason.TOO_MANY_LABELS),
    /** Ten years ahead, so that it is in the future for a history that is played today, too. */
    FUTURE(RejectReason.FUTURE),
    /** Thirty days behind, far beyond the retention of late events. */
    LATE(RejectReason.LATE);

    private final RejectReason reason;

    Fault(RejectReason reason) {
        this.reason = reason;
    }

    /** The reason with which the event is rejected. */
    public RejectReason reason() {
        return reason;
    }
}
