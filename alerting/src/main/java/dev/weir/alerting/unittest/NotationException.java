package dev.weir.alerting.unittest;

/** Fault of a series or a metric in a test file: the offset in its text and what is wrong. */
final class NotationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int offset;
    private final String fault;

    NotationException(int offset, String fault) {
        super(fault + " (offset " + offset + ")");
        this.offset = offset;
        this.fault = fault;
    }

    int offset() {
        return offset;
    }

    /** The message without the offset. */
    String fault() {
        return fault;
    }
}
