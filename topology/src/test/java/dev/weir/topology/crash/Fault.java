package dev.weir.topology.crash;

/** What happens to the processes of a run, besides kills of a stream process that comes back. */
enum Fault {
    /** One more instance. */
    JOIN,
    /** An instance stands still for longer than the session timeout, then goes on as if nothing had happened. */
    ZOMBIE,
    /** An instance ends in good order and does not come back. */
    LEAVE,
    /** The broker stands still for a few seconds. */
    BROKER_PAUSE,
    /** The broker ends in good order and starts again. */
    BROKER_RESTART,
    /** An instance is killed and does not come back. */
    DIE
}
