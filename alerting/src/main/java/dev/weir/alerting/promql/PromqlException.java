package dev.weir.alerting.promql;

/** Fault of an expression: where it is and what is wrong. The only exception that parsing one throws. */
public final class PromqlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Position position;
    private final String fault;

    PromqlException(Position position, String fault) {
        super(position + ": " + fault);
        this.position = position;
        this.fault = fault;
    }

    public Position position() {
        return position;
    }

    /** The message without the position. */
    public String fault() {
        return fault;
    }
}
