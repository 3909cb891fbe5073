package dev.weir.topology.ingest;

import dev.weir.events.HistogramEvent;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.topology.shuffle.Coordinates;
import dev.weir.topology.shuffle.SeriesEvent.Observed;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One measurement as an input record holds it, before it is judged.
 *
 * @param index in its batch, or {@link Coordinates#WHOLE_RECORD}
 * @param value 0 where there is a histogram
 * @param eventId for de-duplication, or null
 */
record Candidate(
        int index,
        long timestampMs,
        String metric,
        String service,
        Map<String, String> labels,
        MetricKind kind,
        @Nullable String unit,
        double value,
        @Nullable Outcome outcome,
        @Nullable Observed histogram,
        @Nullable String eventId) {

    static Candidate of(MetricEvent event) {
        return new Candidate(
                Coordinates.WHOLE_RECORD,
                event.getTimestamp().toEpochMilli(),
                event.getMetric(),
                event.getService(),
                event.getLabels(),
                event.getKind(),
                event.getUnit(),
                event.getValue(),
                event.getOutcome(),
                null,
                event.getEventId());
    }

    static Candidate of(MetricBatch batch, int index) {
        Measurement one = batch.getMeasurements().get(index);
        Map<String, String> labels = new HashMap<>(batch.getLabels());
        labels.putAll(one.getLabels());
        return new Candidate(
                index,
                one.getTimestamp().toEpochMilli(),
                one.getMetric(),
                batch.getService(),
                labels,
                one.getKind(),
                one.getUnit(),
                one.getValue(),
                one.getOutcome(),
                null,
                one.getEventId());
    }

    static Candidate of(HistogramEvent event) {
        return new Candidate(
                Coordinates.WHOLE_RECORD,
                event.getTimestamp().toEpochMilli(),
                event.getMetric(),
                event.getService(),
                event.getLabels(),
                MetricKind.OBSERVATION,
                event.getUnit(),
                0,
                event.getOutcome(),
                new Observed(event.getHistogram(), event.getSum()),
                event.getEventId());
    }
}
