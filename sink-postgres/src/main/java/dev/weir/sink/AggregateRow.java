package dev.weir.sink;

import dev.weir.events.MetricKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code monitoring.aggregated_metrics}; see the comments on its columns.
 *
 * @param min null when nothing was counted; so is max
 * @param sum {@code exactSum} rounded, or what a gauge's values that are not finite add up to
 * @param exactSum the sum of the finite values
 * @param first CUMULATIVE: the value with the least time
 * @param last CUMULATIVE and GAUGE: the value with the greatest time
 * @param sketch HdrHistogram V2 bytes, OBSERVATION only
 * @param coveredUntilMs end of the last hour in it
 */
record AggregateRow(
        RowKey key,
        long count,
        @Nullable Double min,
        @Nullable Double max,
        double sum,
        BigDecimal exactSum,
        @Nullable Double first,
        @Nullable Double last,
        Outcomes outcomes,
        Percentiles percentiles,
        @Nullable ByteBuffer sketch,
        boolean isFinal,
        long revision,
        long coveredUntilMs) {

    /** The exact sum where only a rounded one is known. */
    static BigDecimal exact(double sum) {
        return Double.isFinite(sum) ? new BigDecimal(sum) : BigDecimal.ZERO;
    }

    /** Null where the mean has no meaning: nothing counted, or a sum that is the increase of a running total. */
    @Nullable
    Double average() {
        return count == 0 || key.kind() == MetricKind.CUMULATIVE ? null : Double.valueOf(sum / count);
    }

    byte @Nullable [] sketchBytes() {
        if (sketch == null) {
            return null;
        }
        byte[] bytes = new byte[sketch.remaining()];
        sketch.duplicate().get(bytes);
        return bytes;
    }
}
