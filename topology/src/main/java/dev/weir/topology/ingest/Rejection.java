package dev.weir.topology.ingest;

import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import dev.weir.series.Series;
import dev.weir.topology.shuffle.Coordinates;
import dev.weir.topology.shuffle.Original;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the records of the rejected topic. */
public final class Rejection {
    private Rejection() {}

    /** The record that says why and what. */
    public static RejectedEvent of(
            RejectReason reason,
            String message,
            String topic,
            Coordinates source,
            @Nullable Long timestampMs,
            Original original) {
        return RejectedEvent.newBuilder()
                .setReason(reason)
                .setMessage(message)
                .setTopic(topic)
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setIndex(source.index() == Coordinates.WHOLE_RECORD ? null : source.index())
                .setBrokerTimestamp(Instant.ofEpochMilli(source.brokerTimeMs()))
                .setEventTimestamp(timestampMs == null ? null : Instant.ofEpochMilli(timestampMs))
                .setOriginalSize(original.size())
                .setOriginal(original.bytes())
                .build();
    }

    /** Why an event so far behind the watermark is rejected. */
    public static String tooLate(long timestampMs, long watermarkMs, long lateRetentionMs) {
        return "timestamp is " + Instant.ofEpochMilli(timestampMs) + ", must be at most " + lateRetentionMs
                + " ms behind the watermark " + Instant.ofEpochMilli(watermarkMs) + " (time.late-retention)";
    }

    /** Why an event is rejected whose id was there before. */
    public static String duplicate(@Nullable String eventId, Series series, Duration window) {
        return "event_id is '" + eventId + "', must be new for " + series.key() + " within " + window
                + " (metrics, deduplicate)";
    }

    /** Key of a record on the rejected topic. */
    public static String key(RejectedEvent rejected) {
        return rejected.getTopic() + "-" + rejected.getPartition() + "-" + rejected.getOffset();
    }
}
