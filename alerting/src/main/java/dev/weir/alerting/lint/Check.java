package dev.weir.alerting.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the lint looks for, in one sentence each. */
public enum Check {
    PER_SERIES_DIVISION("a division that matches each series with itself instead of its total"),
    MIXED_UNITS("seconds compared with milliseconds"),
    BEYOND_TOP_BUCKET("a threshold that no quantile of the histogram can reach"),
    OUT_OF_RANGE("a threshold that a ratio or a percentage cannot cross"),
    INVERTED_RATIO("an alert that holds while all is well"),
    LIFETIME_COUNTER("a counter read without rate or increase"),
    RATE_OF_GAUGE("rate or increase of something that is no counter"),
    UP_WITHOUT_ABSENT("an alert on a target that is down, but none on one that is gone"),
    PERCENT_SIGN("a value in a text that is a hundred times too small or too large"),
    LOST_LABEL("a text that shows a label which the result does not have");

    private final String summary;

    Check(String summary) {
        this.summary = summary;
    }

    /** As messages and {@code weir:ignore} comments write it: {@code per-series-division}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String summary() {
        return summary;
    }

    public static Optional<Check> withId(String id) {
        return Arrays.stream(values()).filter(check -> check.id().equals(id)).findFirst();
    }
}
