package dev.weir.publisher;

import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.publisher.Outgoing.Destination;
import dev.weir.publisher.Outgoing.Measured;
import dev.weir.publisher.Outgoing.Parcel;
import dev.weir.series.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes whole records of what waits: neighbouring measurements become one {@code MetricBatch}. Of one thread. */
final class Packing {
    /** Half of what Kafka and Weir take as one record. */
    private static final long BATCH_BYTES = 512 << 10;

    private final Outbox outbox;
    private final String service;
    private final int batchSize;

    Packing(Outbox outbox, String service, int batchSize) {
        this.outbox = outbox;
        this.service = service;
        this.batchSize = batchSize;
    }

    /** The next record to send, or null if nothing waits. */
    @Nullable
    Parcel next() {
        Outgoing first = outbox.peek();
        if (first instanceof Parcel parcel) {
            outbox.poll();
            return parcel;
        }
        return first == null ? null : batch();
    }

    private Parcel batch() {
        List<Measurement> measurements = new ArrayList<>();
        long bytes = 0;
        long recordings = 0;
        while (measurements.size() < batchSize
                && outbox.peek() instanceof Measured next
                && bytes + next.encodedBytes() <= BATCH_BYTES) {
            outbox.poll();
            measurements.add(measurement(next));
            bytes += next.encodedBytes();
            recordings += next.recordings();
        }
        return new Parcel(
                Destination.EVENTS, null, new MetricBatch(service, Map.of(), measurements), bytes, recordings);
    }

    private static Measurement measurement(Measured measured) {
        Series series = measured.channel().series();
        return new Measurement(
                Instant.ofEpochMilli(measured.timestampMs()),
                series.metric(),
                series.kind(),
                measured.value(),
                series.unit(),
                measured.channel().outcome(),
                series.labels(),
                measured.eventId());
    }
}
