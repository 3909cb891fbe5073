package dev.weir.app.command;

/** The exit statuses of {@code weir}. */
final class ExitStatus {
    static final int OK = 0;
    /** The input or the configuration is invalid, or the work failed. */
    static final int INVALID = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** The input is valid, but something in it cannot be meant. */
    static final int LINT = 3;

    private ExitStatus() {}
}
