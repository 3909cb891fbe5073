package dev.weir.alerting.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the lint looks for. */
public enum Check {
    /** A division that matches each series with itself instead of its total. */
    PER_SERIES_DIVISION,
    /** Seconds compared with milliseconds. */
    MIXED_UNITS,
    /** A threshold that no quantile of the histogram can reach. */
    BEYOND_TOP_BUCKET,
    /** A threshold that a ratio or a percentage cannot cross. */
    OUT_OF_RANGE,
    /** An alert that holds while all is well. */
    INVERTED_RATIO,
    /** A counter read without rate or increase. */
    LIFETIME_COUNTER,
    /** Rate or increase of something that is no counter. */
    RATE_OF_GAUGE,
    /** An alert on a target that is down, but none on one that is gone. */
    UP_WITHOUT_ABSENT,
    /** A value in a text that is a hundred times too small or too large. */
    PERCENT_SIGN,
    /** A text that shows a label which the result does not have. */
    LOST_LABEL,
    /** A comment that silences a check which there is not. */
    UNKNOWN_CHECK;

    /** As messages and {@code weir:ignore} comments write it: {@code per-series-division}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Check> withId(String id) {
        return Arrays.stream(values()).filter(check -> check.id().equals(id)).findFirst();
    }
}
