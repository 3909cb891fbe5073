package dev.weir.alerting.promql;

/** Place in an expression: offset in UTF-16 units from 0, line and column from 1. */
public record Position(int offset, int line, int column) {
    public static final Position START = new Position(0, 1, 1);

    static Position of(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(offset, line, offset - lineStart + 1);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
