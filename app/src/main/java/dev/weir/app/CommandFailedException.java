package dev.weir.app;

/** The end of a command for a reason that its user can act on: the message is printed, no stack trace. */
public final class CommandFailedException extends RuntimeException {
    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
