package dev.weir.sink;

/** Another sink has taken the partition over: nothing of this owner's batch may be written. */
final class StaleOwnerException extends RuntimeException {
    StaleOwnerException(String message) {
        super(message);
    }
}
