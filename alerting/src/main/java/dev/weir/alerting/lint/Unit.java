package dev.weir.alerting.lint;

/** What a value is counted in, as far as its name or its making tells. */
enum Unit {
    SECONDS,
    MILLISECONDS,
    BYTES,
    /** From 0 to 1. */
    RATIO,
    /** From 0 to 100. */
    PERCENT,
    UNKNOWN;

    boolean isTime() {
        return this == SECONDS || this == MILLISECONDS;
    }
}
