package dev.weir.publisher;

import dev.weir.events.Outcome;
import dev.weir.series.Series;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all measurements of an instrument have in common.
 *
 * @param encodedBytes the most that one measurement takes in a batch, but for its event id
 */
record Channel(Series series, @Nullable Outcome outcome, int encodedBytes) {
    /** Time, kind, value, unit, outcome, and the lengths before each text. */
    private static final int FIXED_BYTES = 64;

    private static final int LENGTH_BYTES = 4;
    private static final int BYTES_PER_CHARACTER = 3;

    static Channel of(Series series, @Nullable Outcome outcome) {
        int bytes = FIXED_BYTES + BYTES_PER_CHARACTER * series.metric().length();
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            bytes += BYTES_PER_CHARACTER
                            * (label.getKey().length() + label.getValue().length())
                    + LENGTH_BYTES;
        }
        return new Channel(series, outcome, bytes);
    }
}
