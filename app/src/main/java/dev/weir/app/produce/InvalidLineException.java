package dev.weir.app.produce;

/** The refusal of one line: what is wrong and at which column, from 1. Without a stack trace, as bad lines may come in millions. */
final class InvalidLineException extends Exception {
    private final int column;

    InvalidLineException(int column, String message) {
        super(message, null, false, false);
        this.column = column;
    }

    int column() {
        return column;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
