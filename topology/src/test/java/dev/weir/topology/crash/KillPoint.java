package dev.weir.topology.crash;

/** Where a stream process ends as if it were killed. */
enum KillPoint {
    /** Between two sends inside a commit, before its transaction ends. */
    IN_HOOK,
    /** The stages' outputs are sent, the input's offsets not yet. */
    BEFORE_OFFSETS,
    /** All is sent, the transaction is not committed. */
    BEFORE_COMMIT,
    /** The transaction is committed, nothing else of the commit is done. */
    AFTER_COMMIT,
    /** State is being read back. */
    IN_RESTORE;

    /** True if it comes by itself in a running process; false if the process must start for it. */
    boolean whileRunning() {
        return this != IN_RESTORE;
    }
}
