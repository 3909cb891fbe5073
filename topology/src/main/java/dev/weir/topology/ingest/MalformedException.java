package dev.weir.topology.ingest;

/** Bytes that are not plainly of the expected layout; what is wrong with them, if anything, the slow way finds out. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException() {
        super("not of the expected layout", null, false, false);
    }
}
