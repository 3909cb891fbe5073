package dev.weir.alerting.rulefile;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where in a file a character of a scalar stands; line and column from 1.
 *
 * <p>Folding and indentation change only white space, so the n-th character of the scalar that is not blank is the n-th
 * in the file that is not. Escapes in double quotes are the exception: behind one that stands for a blank the column may
 * be off by one.
 */
record ScalarPosition(int line, int column) {
    static ScalarPosition of(String yaml, ScalarNode node, int offset) {
        Mark start = node.getStartMark().orElse(null);
        if (start == null) {
            return new ScalarPosition(1, 1);
        }
        int[] source = yaml.codePoints().toArray();
        int at = Math.min(contentStart(source, start.getIndex(), node.getScalarStyle()), source.length);
        int end = node.getEndMark().map(Mark::getIndex).orElse(source.length);
        long solid = solidBefore(node.getValue(), offset);
        while (at < Math.min(end, source.length) && (solid > 0 || isBlank(source[at]))) {
            if (!isBlank(source[at])) {
                solid--;
                at += isEscape(source, at, node.getScalarStyle()) ? 1 : 0;
            }
            at++;
        }
        return at(source, Math.min(at, source.length));
    }

    /** Behind the opening quote, or on the line after the header of a block scalar. */
    private static int contentStart(int[] source, int start, ScalarStyle style) {
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            int at = start;
            while (at < source.length && source[at] != '\n') {
                at++;
            }
            return at + 1;
        }
        return style == ScalarStyle.PLAIN ? start : start + 1;
    }

    private static long solidBefore(String text, int offset) {
        return text.substring(0, Math.min(offset, text.length()))
                .codePoints()
                .filter(c -> !isBlank(c))
                .count();
    }

    private static boolean isEscape(int[] source, int at, ScalarStyle style) {
        return switch (style) {
            case DOUBLE_QUOTED -> source[at] == '\\';
            case SINGLE_QUOTED -> source[at] == '\'' && at + 1 < source.length && source[at + 1] == '\'';
            default -> false;
        };
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static ScalarPosition at(int[] source, int index) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < index; i++) {
            column = source[i] == '\n' ? 1 : column + 1;
            line += source[i] == '\n' ? 1 : 0;
        }
        return new ScalarPosition(line, column);
    }
}
