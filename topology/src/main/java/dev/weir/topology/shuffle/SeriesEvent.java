package dev.weir.topology.shuffle;

import dev.weir.events.Outcome;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.Sketch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One valid measurement on its way to the partition of its series.
 *
 * @param series what was measured
 * @param timestampMs event time
 * @param value the measured value; unused where there is a histogram
 * @param outcome the verdict, or null
 * @param histogram observations already aggregated by the service, or null
 * @param late whether its pane was behind the watermark of its own partition
 * @param source where it came from
 * @param original the input bytes, kept only while the event may still turn out to be too late; else null
 * @param eventId the id under which a repetition is recognized, where the metric is de-duplicated; else null
 */
public record SeriesEvent(
        Series series,
        long timestampMs,
        double value,
        @Nullable Outcome outcome,
        @Nullable Observed histogram,
        boolean late,
        Coordinates source,
        @Nullable Original original,
        @Nullable String eventId)
        implements Shuffled {

    /** Adds the measurement to an aggregate of its series. */
    public void addTo(Aggregate aggregate) {
        if (histogram == null) {
            aggregate.record(timestampMs, value, outcome);
        } else {
            aggregate.record(Sketch.decode(histogram.sketch().duplicate()), histogram.sum(), outcome);
        }
    }

    /** The input bytes, none if it does not carry them. */
    public Original originalOrNone() {
        return original == null ? Original.NONE : original;
    }

    /**
     * Observations that a service has put into one histogram.
     *
     * @param sketch HdrHistogram V2 bytes
     * @param sum exact sum, or null
     */
    public record Observed(ByteBuffer sketch, @Nullable Double sum) {
        public Observed {
            sketch = sketch.asReadOnlyBuffer();
        }
    }
}
