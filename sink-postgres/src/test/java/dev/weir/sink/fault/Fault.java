package dev.weir.sink.fault;

/** What goes wrong. */
enum Fault {
    /** The server is killed without a checkpoint and started again. */
    SERVER_KILLED,
    /** Connections are reset, whatever they do. */
    RESET,
    /** A connection is reset after so many bytes of a transaction. */
    RESET_AFTER_BYTES,
    /** The server commits, and the sink does not learn it. */
    COMMIT_REPLY_LOST,
    /** The network stands still for a moment. */
    STALLED,
    /** Connections are refused. */
    REFUSED,
    /** Another session locks rows in the opposite order. */
    DEADLOCK,
    /** Transactions are repeatable reads, and another session changes what one of them writes. */
    SERIALIZATION_FAILURE,
    /** Transactions may not write. */
    READ_ONLY,
    /** New tables have no room. */
    DISK_FULL,
    /** A constraint forbids some rows for a while: those are set aside. */
    CONSTRAINT_ADDED,
    /** The password is another one for a while, and the sessions end. */
    PASSWORD_ROTATED,
    /** A sink closes and comes back. */
    SINK_RESTARTED,
    /** A sink's process is killed, and another one started. */
    SINK_KILLED,
    /** A sink stands still, is replaced, and goes on. */
    SINK_FROZEN
}
