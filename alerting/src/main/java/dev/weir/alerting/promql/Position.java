package dev.weir.alerting.promql;

/** Place in an expression: offset in UTF-16 units from 0, line and column from 1. */
public record Position(int offset, int line, int column) {
    public static final Position START = new Position(0, 1, 1);

    static Position of(String text, int offset) {
        return START.advancedTo(text, offset);
    }

    /** The place of a later offset. */
    Position advancedTo(String text, int later) {
        int newLine = line;
        int newColumn = column;
        for (int i = offset; i < later; i++) {
            boolean lineBreak = text.charAt(i) == '\n';
            newLine += lineBreak ? 1 : 0;
            newColumn = lineBreak ? 1 : newColumn + 1;
        }
        return new Position(later, newLine, newColumn);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
