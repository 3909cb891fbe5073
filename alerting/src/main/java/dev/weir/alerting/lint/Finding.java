package dev.weir.alerting.lint;

import java.util.Comparator;

/**
 * Something in a rule that is probably not meant.
 *
 * @param what what is written
 * @param why what it does
 * @param instead what to write
 */
public record Finding(
        String file, int line, int column, Check check, String rule, String what, String why, String instead)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::file)
            .thenComparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::check);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + check.id() + ": " + rule + ": " + what + "\n    " + why
                + "\n    instead: " + instead;
    }
}
