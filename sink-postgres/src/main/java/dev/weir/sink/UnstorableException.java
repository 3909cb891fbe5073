package dev.weir.sink;

/** A record that no table can hold as it is; the message is the reason it is set aside with. */
final class UnstorableException extends RuntimeException {
    UnstorableException(String reason) {
        super(reason);
    }
}
